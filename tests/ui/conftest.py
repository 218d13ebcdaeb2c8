"""A window with its desk on the sample data folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sample_banks import write_bank
from screen import Screen


@pytest.fixture
def screen(qtbot, data, cpc) -> Iterator[Screen]:
    write_bank(data.banks, cpc, form="T")
    made = Screen(qtbot, data)
    made.open()
    yield made
    made.close()
