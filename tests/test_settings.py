"""Settings survive a crash while saving, and a broken file costs no more than a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import SCHEMES, TEXT_SIZES, Settings, load, save

_settings = st.builds(
    Settings,
    candidate=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    text_size=st.sampled_from(TEXT_SIZES),
    scheme=st.sampled_from(SCHEMES),
    full_screen=st.booleans(),
)


@given(_settings)
def test_what_is_saved_is_loaded(tmp_path, settings):
    save(settings, tmp_path / "settings.toml")
    assert load(tmp_path / "settings.toml") == (settings, None)


def test_no_file_means_the_defaults(tmp_path):
    assert load(tmp_path / "none.toml") == (Settings(), None)


@pytest.mark.parametrize(
    "content",
    [
        b"text_size = ",
        b"text_size = 500",
        b'text_size = "big"',
        b'scheme = "pink"',
        b"\xff\xfe\x00",
        b"[" * 50,
    ],
)
def test_a_broken_file_gives_the_defaults_and_says_where(tmp_path, content):
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    settings, error = load(path)
    assert settings == Settings()
    assert error is not None
    assert "settings.toml" in str(error)


def test_a_broken_file_is_kept_when_new_settings_are_saved(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("text_size = ", encoding="utf-8")
    save(Settings(candidate="Ada"), path)
    assert path.with_suffix(".toml.broken").read_text() == "text_size = "
    assert load(path)[0].candidate == "Ada"


def test_text_steps_stop_at_the_ends():
    assert Settings(text_size=200).stepped(1).text_size == 200
    assert Settings(text_size=80).stepped(-1).text_size == 80
    assert Settings(text_size=100).stepped(1).text_size == 110
