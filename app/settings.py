"""What the user chose: text size, colours, candidate name. Kept in a small TOML file."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from app.errors import SettingsError

SCHEMES = ("system", "light", "dark", "contrast-black", "contrast-yellow")
TEXT_SIZES = (80, 90, 100, 110, 125, 140, 160, 180, 200)


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; every field has a default that works."""

    candidate: str = ""
    text_size: int = 100
    """Text size in per cent, 80 to 200."""
    scheme: str = "system"
    """One of SCHEMES."""
    full_screen: bool = True
    """Whether a rehearsal fills the screen, as the real one does."""

    def stepped(self, step: int) -> Settings:
        """Return the settings with the text one or more steps larger (or smaller for a negative step)."""
        nearest = min(range(len(TEXT_SIZES)), key=lambda n: abs(TEXT_SIZES[n] - self.text_size))
        index = max(0, min(len(TEXT_SIZES) - 1, nearest + step))
        return replace(self, text_size=TEXT_SIZES[index])


def parse(data: dict[str, Any], path: Path) -> Settings:
    """Return settings from a TOML table. Raises SettingsError that names the key.

    Unknown keys are ignored.
    """
    values: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name not in data:
            continue
        value = data[field.name]
        if type(value) is not type(field.default):
            raise SettingsError(
                path, f"expected {type(field.default).__name__}, got {value!r}", key=field.name
            )
        values[field.name] = value
    settings = Settings(**values)
    if settings.scheme not in SCHEMES:
        raise SettingsError(path, f"{settings.scheme!r} is not one of {', '.join(SCHEMES)}", key="scheme")
    if not TEXT_SIZES[0] <= settings.text_size <= TEXT_SIZES[-1]:
        raise SettingsError(path, f"{settings.text_size} is not between 80 and 200", key="text_size")
    return settings


def load(path: Path) -> tuple[Settings, SettingsError | None]:
    """Return the settings and, if the file is unusable, the error (the settings are then the defaults)."""
    if not path.exists():
        return Settings(), None
    import tomllib

    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")), path), None
    except SettingsError as error:
        return Settings(), error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        return Settings(), SettingsError(path, f"cannot be read: {error}.", todo="The defaults are in use.")


def save(settings: Settings, path: Path) -> None:
    """Write the settings so that a crash leaves either the old file or the new one.

    A file that could not be read is kept beside it with the ending ``.broken``.
    """
    import tomli_w

    path.parent.mkdir(parents=True, exist_ok=True)
    if load(path)[1] is not None:
        os.replace(path, path.with_suffix(".toml.broken"))
    fresh = path.with_suffix(".toml.new")
    with fresh.open("wb") as file:
        tomli_w.dump(asdict(settings), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
