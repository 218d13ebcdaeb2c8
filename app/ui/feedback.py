"""Key, rationale and mistakes of an item as HTML, for practice and for the review of a report."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.bank.markup import inline_html, plain, to_html
from app.bank.model import Item, ItemText


def letters_of(options: Sequence[str], chosen: Sequence[str]) -> str:
    """Return the letters of the chosen options, in the order shown; ``none`` for no choice."""
    letters = [chr(ord("A") + place) for place, option in enumerate(options) if option in chosen]
    return ", ".join(letters) or "none"


def verdict_html(item: Item, options: Sequence[str], answer: Sequence[str]) -> str:
    """Return the first line: right, wrong or unanswered, and the key."""
    key = f"The key is {letters_of(options, item.key)}."
    if not answer:
        return f"<p><b class='bad'>Unanswered.</b> {key}</p>"
    if set(answer) == set(item.key):
        return f"<p><b class='good'>Right.</b> {key}</p>"
    return f"<p><b class='bad'>Wrong.</b> You answered {letters_of(options, answer)}. {key}</p>"


def rationale_html(text: ItemText, options: Sequence[str]) -> str:
    """Return rationale, what each wrong option stands for, and the references."""
    item = text.item
    parts = ["<h3>Rationale</h3>", to_html(item.rationale)]
    wrong = [
        f"<p><b>{chr(ord('A') + place)}.</b> {inline_html(item.option(option).mistake)}</p>"
        for place, option in enumerate(options)
        if option not in item.key and item.option(option).mistake
    ]
    if wrong:
        parts += ["<h3>What the other answers stand for</h3>", *wrong]
    if item.references:
        parts.append(f"<p><b>Look up:</b> {' · '.join(inline_html(each) for each in item.references)}</p>")
    difficulty = escape(f"{item.id} · {item.difficulty} · code year {text.code_year}")
    objective = escape(plain(item.objective))
    parts.append(f"<p class='muted'>{objective}<br>{difficulty}</p>")
    return "".join(parts)
