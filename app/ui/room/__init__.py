"""The exam room: what the candidate sees during a sitting."""
