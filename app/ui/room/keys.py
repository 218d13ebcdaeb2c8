"""The keys of the exam room, in one place for the tutorial and the help sheet."""

from __future__ import annotations

KEYS = (
    ("A to F, or 1 to 6", "Choose that option"),
    ("Shift + letter", "Strike the option out, or take the strike back"),
    ("Alt+N, Alt+P", "Next, previous question"),
    ("Alt+V", "Navigator"),
    ("Alt+F", "Flag the question for review"),
    ("Alt+W", "Review screen"),
    ("Alt+A, Alt+I, Alt+R", "On the review screen: go through all, incomplete, flagged questions"),
    ("Alt+E", "On the review screen: end the exam"),
    ("Alt+H", "Highlight the selected words, or take the highlight off"),
    ("Alt+S, Alt+O, Alt+D", "Show or hide the notes panel; note on the question; scratch pad"),
    ("Alt+T, Alt+M", "Hide or show the time; hide or show the question number"),
    ("Alt+K, Alt+U", "In practice: check the answer; pause"),
    ("Alt+I", "On a question: options (text size, colours, full screen, leave)"),
    ("Ctrl++, Ctrl+−, Ctrl+0", "Larger, smaller, normal text"),
    ("F11", "Full screen on or off"),
    ("F1", "This list of keys"),
)
"""Keys and what they do."""
