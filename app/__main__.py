"""Lets ``python -m app`` do what the ``openbook`` command does."""

from app.cli import main

if __name__ == "__main__":
    main()
