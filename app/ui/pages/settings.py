"""The settings page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit

from app.settings import SCHEMES, TEXT_SIZES, Settings
from app.ui.room.options_menu import SCHEME_NAMES
from app.ui.theme import Theme
from app.ui.widgets.bits import button, card, label
from app.ui.widgets.page import Page


class SettingsPage(Page):
    """Every change counts at once."""

    changed = Signal(object)
    """The new Settings."""
    reset_asked = Signal()

    def __init__(self, settings: Settings, data_folder: Path, theme: Theme) -> None:
        super().__init__("Settings", theme)
        self._settings = settings
        self.name = QLineEdit(settings.candidate)
        self.name.setMaxLength(80)
        self.name.setPlaceholderText("First and last name")
        self.text_size = QComboBox()
        for size in TEXT_SIZES:
            self.text_size.addItem(f"{size} %", size)
        self.scheme = QComboBox()
        for scheme in SCHEMES:
            self.scheme.addItem(SCHEME_NAMES[scheme], scheme)
        self.full_screen = QCheckBox("The exam room &fills the screen")
        frame, layout = card()
        form = QGridLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        form.setColumnStretch(2, 1)
        self.name.setMinimumWidth(theme.pixels(320))
        for row, (caption, widget) in enumerate(
            (("Candidate &name", self.name), ("&Text size", self.text_size), ("&Colours", self.scheme))
        ):
            head = QLabel(caption)
            head.setBuddy(widget)
            widget.setAccessibleName(caption.replace("&", ""))
            form.addWidget(head, row, 0)
            form.addWidget(widget, row, 1)
        form.addWidget(self.full_screen, 3, 1)
        layout.addLayout(form)
        self.column.addWidget(frame)
        frame, layout = card()
        layout.addWidget(label("Data folder", "subtitle"))
        place = label(str(data_folder))
        place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        place.setAccessibleName("Data folder")
        layout.addWidget(place)
        layout.addWidget(
            label(
                "Your sittings, their backups and your own banks are kept here. Nothing ever leaves it.",
                "muted",
            )
        )
        self.column.addWidget(frame)
        frame, layout = card()
        layout.addWidget(label("Reset", "subtitle"))
        layout.addWidget(
            label("Puts the settings on this page back to how they came. Your sittings stay.", "muted")
        )
        self.reset = button("&Reset settings…", self.reset_asked.emit)
        layout.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(frame)
        self.column.addStretch(1)
        self.show_settings(settings)
        self.name.editingFinished.connect(self._take)
        self.text_size.activated.connect(self._take)
        self.scheme.activated.connect(self._take)
        self.full_screen.clicked.connect(self._take)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        self._settings = settings
        self.name.setText(settings.candidate)
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - settings.text_size))
        self.text_size.setCurrentIndex(TEXT_SIZES.index(nearest))
        self.scheme.setCurrentIndex(SCHEMES.index(settings.scheme))
        self.full_screen.setChecked(settings.full_screen)

    def _take(self) -> None:
        wanted = replace(
            self._settings,
            candidate=" ".join(self.name.text().split()),
            text_size=int(self.text_size.currentData()),
            scheme=str(self.scheme.currentData()),
            full_screen=self.full_screen.isChecked(),
        )
        if wanted != self._settings:
            self._settings = wanted
            self.changed.emit(wanted)
