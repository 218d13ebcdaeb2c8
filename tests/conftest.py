"""What many tests need: blueprints, a data folder, a workspace with a sample bank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sample_banks import write_bank

from app.exam.blueprint import Blueprint, read_blueprint
from app.paths import DataPaths, blueprint_dir
from app.store.workspace import Workspace

settings.register_profile(
    "openbook", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("openbook")


@pytest.fixture(scope="session")
def cpc() -> Blueprint:
    return read_blueprint(blueprint_dir() / "cpc.toml")


@pytest.fixture(scope="session")
def ccs() -> Blueprint:
    return read_blueprint(blueprint_dir() / "ccs.toml")


@pytest.fixture(scope="session")
def forward() -> Blueprint:
    return read_blueprint(blueprint_dir() / "cca-forward.toml")


@pytest.fixture
def data(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path / "data").make()


@pytest.fixture
def workspace(data: DataPaths, cpc: Blueprint, ccs: Blueprint, forward: Blueprint) -> Iterator[Workspace]:
    """A data folder whose only bank is a sample that fills form T of the CPC."""
    write_bank(data.banks, cpc, form="T")
    opened = Workspace(data, {each.id: each for each in (cpc, ccs, forward)})
    assert opened.items.load_changed([data.banks]) == []
    yield opened
    opened.close()
