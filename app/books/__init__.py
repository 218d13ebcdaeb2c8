"""The code books (comes with its own issue)."""
