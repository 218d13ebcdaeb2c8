"""The events of a sitting. The log of these events *is* the sitting; everything on screen is folded from it.

``at_ms`` is always exam time: milliseconds of the exam's clock that had run when the event happened. Items
are counted from 0. Options are the bank's option ids, not the letters shown.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Part = Literal["stem", "case"]
Span: TypeAlias = tuple[int, int]
"""Start and end (exclusive) of a highlight, in characters of the shown plain text."""


class _Event(msgspec.Struct, frozen=True, tag_field="kind"):
    at_ms: int = 0


class Admitted(_Event, frozen=True, tag="admitted"):
    """The candidate confirmed the name."""

    candidate: str = ""


class Agreed(_Event, frozen=True, tag="agreed"):
    """The candidate accepted the agreement."""


class Declined(_Event, frozen=True, tag="declined"):
    """The candidate declined the agreement: the sitting is over."""


class Started(_Event, frozen=True, tag="started"):
    """The tutorial is over; the exam's clock runs."""


class Shown(_Event, frozen=True, tag="shown"):
    """Item ``item`` came on screen."""

    item: int = 0


class ReviewOpened(_Event, frozen=True, tag="review_opened"):
    """The review screen came on screen."""


class Answered(_Event, frozen=True, tag="answered"):
    """The answer to an item is now these options (none: cleared)."""

    item: int = 0
    options: tuple[str, ...] = ()


class Flagged(_Event, frozen=True, tag="flagged"):
    """The item was flagged for review, or the flag taken off."""

    item: int = 0
    on: bool = True


class Struck(_Event, frozen=True, tag="struck"):
    """An option was struck out, or the strike taken back."""

    item: int = 0
    option: str = ""
    on: bool = True


class Highlighted(_Event, frozen=True, tag="highlighted"):
    """The highlights of one text of an item are now these."""

    item: int = 0
    part: Part = "stem"
    spans: tuple[Span, ...] = ()


class Noted(_Event, frozen=True, tag="noted"):
    """The candidate's note on an item is now this."""

    item: int = 0
    text: str = ""


class Scratched(_Event, frozen=True, tag="scratched"):
    """The scratch pad of the sitting now holds this."""

    text: str = ""


class Scrolled(_Event, frozen=True, tag="scrolled"):
    """The candidate has seen the item to its end."""

    item: int = 0


class Checked(_Event, frozen=True, tag="checked"):
    """Practice: the candidate asked for key and rationale; the answer is final."""

    item: int = 0


class Warned(_Event, frozen=True, tag="warned"):
    """The warning at so many minutes left was shown."""

    minutes: int = 0


class Paused(_Event, frozen=True, tag="paused"):
    """Practice: the clock stands."""


class Resumed(_Event, frozen=True, tag="resumed"):
    """Practice: the clock runs again."""


class Interrupted(_Event, frozen=True, tag="interrupted"):
    """The exam was interrupted from outside and went on. ``gap_ms`` is not exam time; -1 if unknown."""

    cause: Literal["closed", "crash", "sleep", "stall"] = "crash"
    gap_ms: int = -1


class Left(_Event, frozen=True, tag="left"):
    """The candidate closed the program in the middle of the exam."""


class Ended(_Event, frozen=True, tag="ended"):
    """The exam is over; nothing about the answers changes any more."""

    by: Literal["candidate", "time"] = "candidate"


class Surveyed(_Event, frozen=True, tag="surveyed"):
    """The survey was answered or skipped."""

    difficulty: int = 0
    """1 (much easier than expected) to 5 (much harder); 0: not answered."""
    time: Literal["", "plenty", "enough", "short"] = ""
    note: str = ""


Event: TypeAlias = (
    Admitted
    | Agreed
    | Declined
    | Started
    | Shown
    | ReviewOpened
    | Answered
    | Flagged
    | Struck
    | Highlighted
    | Noted
    | Scratched
    | Scrolled
    | Checked
    | Warned
    | Paused
    | Resumed
    | Interrupted
    | Left
    | Ended
    | Surveyed
)

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode(event: Event) -> str:
    """Return the event as JSON text."""
    return _encoder.encode(event).decode()


def decode(text: str | bytes) -> Event:
    """Return the event in the JSON text. Raises msgspec.DecodeError (ValidationError) if it is not one."""
    return _decoder.decode(text)
