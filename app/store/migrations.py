"""The schema of the user's database, as named steps. A step that was released is never changed.

The database only ever holds what the user did and the item texts they saw; the code books live elsewhere.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("openbook")


def _statements(db: Database, sql: str) -> None:
    """Run the statements inside the migration's transaction (``executescript`` would commit it)."""
    for statement in sql.split(";"):
        if statement.strip():
            db.conn.execute(statement)


@migrations()
def m001_banks_and_sittings(db: Database) -> None:
    """Banks with every revision of their items; sittings with their event logs."""
    _statements(
        db,
        """
        CREATE TABLE bank (
            bank TEXT PRIMARY KEY, path TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL,
            code_year INTEGER NOT NULL, digest TEXT NOT NULL, loaded_at TEXT NOT NULL
        );
        CREATE TABLE item_text (
            id INTEGER PRIMARY KEY, item TEXT NOT NULL, bank TEXT NOT NULL, digest TEXT NOT NULL,
            body TEXT NOT NULL, loaded_at TEXT NOT NULL, UNIQUE (item, digest)
        );
        CREATE TABLE bank_item (
            item TEXT PRIMARY KEY, bank TEXT NOT NULL, text INTEGER NOT NULL REFERENCES item_text (id),
            type TEXT NOT NULL, options TEXT NOT NULL, picks INTEGER NOT NULL, case_id TEXT NOT NULL,
            pretest INTEGER NOT NULL
        );
        CREATE INDEX bank_item_bank ON bank_item (bank);
        CREATE TABLE item_domain (
            exam TEXT NOT NULL, section TEXT NOT NULL, item TEXT NOT NULL, type TEXT NOT NULL,
            PRIMARY KEY (exam, section, item)
        ) WITHOUT ROWID;
        CREATE INDEX item_domain_item ON item_domain (item);
        CREATE TABLE fixed_form (
            exam TEXT NOT NULL, form TEXT NOT NULL, bank TEXT NOT NULL, items TEXT NOT NULL,
            PRIMARY KEY (exam, form)
        );
        CREATE TABLE sitting (
            id INTEGER PRIMARY KEY AUTOINCREMENT, exam TEXT NOT NULL, form TEXT NOT NULL, mode TEXT NOT NULL,
            candidate TEXT NOT NULL, blueprint TEXT NOT NULL, paper TEXT NOT NULL, rules TEXT NOT NULL,
            created_at TEXT NOT NULL, closed_at TEXT, stage TEXT NOT NULL, answered INTEGER NOT NULL DEFAULT
            0,
            earned INTEGER, possible INTEGER, percent INTEGER, scaled INTEGER, passed INTEGER
        );
        CREATE INDEX sitting_stage ON sitting (stage);
        CREATE TABLE sitting_item (
            sitting INTEGER NOT NULL REFERENCES sitting (id), place INTEGER NOT NULL,
            item TEXT NOT NULL, text INTEGER NOT NULL REFERENCES item_text (id), shown INTEGER NOT NULL
            DEFAULT 0,
            PRIMARY KEY (sitting, place)
        ) WITHOUT ROWID;
        CREATE INDEX sitting_item_item ON sitting_item (item) WHERE shown;
        CREATE TABLE event (
            sitting INTEGER NOT NULL REFERENCES sitting (id), seq INTEGER NOT NULL, body TEXT NOT NULL,
            wall TEXT NOT NULL, PRIMARY KEY (sitting, seq)
        ) WITHOUT ROWID;
        CREATE TABLE pulse (
            sitting INTEGER PRIMARY KEY REFERENCES sitting (id), elapsed_ms INTEGER NOT NULL, wall TEXT NOT
            NULL
        );
        """,
    )
