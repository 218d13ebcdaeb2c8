"""The database: durable, checked, never overwritten; trouble is told in words."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from app.errors import StoreDamagedError, StoreError, StoreNewerError
from app.store.backup import KEEP, backup_today, backups, last_good_backup, restore
from app.store.database import Connection, open_database, problems, set_aside


def test_a_new_data_folder_gets_a_sound_database_that_is_durable_after_every_commit(data):
    connection = Connection(data)
    with connection.read() as conn:
        assert conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert conn.execute("PRAGMA synchronous").fetchone()[0] == 2
    connection.close()
    assert problems(data.database) == ""


def test_opening_again_changes_nothing(data):
    Connection(data).close()
    before = data.database.read_bytes()
    Connection(data).close()
    assert problems(data.database) == ""
    assert len(data.database.read_bytes()) == len(before)


@pytest.mark.parametrize("damage", ["head", "middle", "cut", "text"])
def test_a_damaged_database_is_refused_and_left_as_it_is(workspace, data, damage):
    workspace.close()
    content = bytearray(data.database.read_bytes())
    if damage == "head":
        content[:100] = bytes(100)
    elif damage == "middle":
        content[4096 : len(content) - 4096] = bytes(len(content) - 8192)
    elif damage == "cut":
        content = content[: len(content) // 2]
    else:
        content = bytearray(b"Dear diary, this is no database.")
    data.database.write_bytes(content)
    with pytest.raises(StoreDamagedError) as caught:
        open_database(data)
    assert str(data.database) in caught.value.where
    assert caught.value.todo
    assert data.database.read_bytes() == bytes(content)


def test_a_database_of_a_newer_openbook_is_refused_and_left_as_it_is(data):
    db = open_database(data)
    db["_sqlite_migrations"].insert(
        {"migration_set": "openbook", "name": "m999_future", "applied_at": "2030"}
    )
    db.conn.close()
    with pytest.raises(StoreNewerError):
        open_database(data)


def test_a_damaged_database_is_set_aside_with_its_journals_and_the_last_backup_takes_its_place(
    workspace, data
):
    backup_today(data, "2026-11-20")
    workspace.close()
    data.database.write_bytes(b"broken")
    folder = set_aside(data)
    assert (folder / "openbook.db").read_bytes() == b"broken"
    assert not data.database.exists()
    backup = last_good_backup(data)
    assert backup is not None
    restore(backup, data)
    assert problems(data.database) == ""
    Connection(data).close()


def test_setting_aside_twice_keeps_both(data):
    for content in (b"one", b"two"):
        data.database.write_bytes(content)
        set_aside(data)
    kept = sorted(path.read_bytes() for path in data.damaged.rglob("openbook.db"))
    assert kept == [b"one", b"two"]


def test_there_is_one_backup_a_day_and_the_last_ten_are_kept(workspace, data):
    for day in range(1, 15):
        assert backup_today(data, f"2026-11-{day:02}") is not None
        assert backup_today(data, f"2026-11-{day:02}") is None
    kept = backups(data)
    assert len(kept) == KEEP
    assert kept[0].stem == "openbook-2026-11-14"
    assert all(problems(path) == "" for path in kept)


def test_a_damaged_backup_is_passed_over(workspace, data):
    backup_today(data, "2026-11-01")
    backup_today(data, "2026-11-02")
    (data.backups / "openbook-2026-11-02.db").write_bytes(b"broken")
    assert last_good_backup(data) == data.backups / "openbook-2026-11-01.db"


def test_a_backup_made_while_the_database_is_open_holds_what_was_written(workspace, data):
    path = backup_today(data, "2026-11-01")
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT COUNT(*) FROM bank_item").fetchone()[0] == 100
    conn.close()


def test_a_journal_that_was_torn_off_mid_write_loses_only_what_was_never_acknowledged(
    workspace, data, tmp_path
):
    """Copies the files of the open database, cuts the journal anywhere, and opens the copy."""
    from app.paths import DataPaths

    with workspace._connection.write() as conn:
        conn.execute("CREATE TABLE probe (n INTEGER)")
    size_before = data.database.with_name("openbook.db-wal").stat().st_size
    with workspace._connection.write() as conn:
        conn.execute("INSERT INTO probe VALUES (1)")
    wal = data.database.with_name("openbook.db-wal").read_bytes()
    for cut in (len(wal), len(wal) - 1, (size_before + len(wal)) // 2, size_before):
        copy = DataPaths(tmp_path / f"cut-{cut}").make()
        shutil.copy(data.database, copy.database)
        copy.database.with_name("openbook.db-wal").write_bytes(wal[:cut])
        connection = Connection(copy)
        with connection.read() as conn:
            rows = conn.execute("SELECT COUNT(*) FROM probe").fetchone()[0]
        connection.close()
        assert rows == (1 if cut == len(wal) else 0)


def test_a_full_disk_is_told_and_nothing_is_half_written(workspace):
    from app.errors import StoreFullError

    with workspace._connection.read() as conn:
        pages = conn.execute("PRAGMA page_count").fetchone()[0]
        conn.execute(f"PRAGMA max_page_count={pages}")

    def write_much() -> None:
        with workspace._connection.write() as conn:
            conn.execute("CREATE TABLE big (x)")
            conn.executemany("INSERT INTO big VALUES (?)", [("x" * 4000,)] * 2000)

    with pytest.raises(StoreFullError, match="disk is full"):
        write_much()
    with workspace._connection.read() as conn:
        assert not conn.execute("SELECT 1 FROM sqlite_master WHERE name='big'").fetchone()
        conn.execute("PRAGMA max_page_count=1000000")


def test_a_folder_in_place_of_the_database_is_told_in_words(data):
    data.database.mkdir()
    with pytest.raises((StoreError, OSError)):
        open_database(data)
