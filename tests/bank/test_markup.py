"""Item texts become harmless HTML."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.bank.markup import inline_html, plain, to_html


def test_the_markdown_subset_is_shown():
    html = to_html("A **bold** word\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<strong>bold</strong>" in html
    assert html.count("<li>") == 2
    assert "<table>" in html


def test_code_links_lead_to_a_code_and_nowhere_else():
    assert '<a href="openbook:cm/E11.40">E11.40</a>' in to_html("see [[cm:E11.40]]")
    assert "guideline I.C.4.a" in inline_html("[[guide:I.C.4.a]]")
    assert "<a" not in to_html("[[web:example]] [a](file:///etc/passwd) ![x](x.png) <http://x.y>")


def test_plain_text_has_no_marks():
    assert plain("**Left** [[cpt:11402]]") == "Left 11402"


@given(st.text(max_size=300))
def test_any_text_gives_only_the_tags_that_we_make(text):
    allowed = {
        "p",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "hr",
        "code",
    }
    allowed |= {"pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "a"}
    html = to_html(text)
    assert {tag.lower() for tag in re.findall(r"</?([A-Za-z][A-Za-z0-9]*)", html)} <= allowed
    assert all(href.startswith("openbook:") for href in re.findall(r'href="([^"]*)"', html))


@given(st.text(alphabet="<>\"&'[]:cmpt ", max_size=60))
def test_quotes_and_brackets_never_break_out_of_a_link(text):
    assert "<script" not in to_html(text + '<script>[[cm:"><b]]')
