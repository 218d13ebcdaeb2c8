"""The user's SQLite database: the only room that speaks SQL."""
