"""Review queue, streaks and readiness (comes with its own issue)."""
