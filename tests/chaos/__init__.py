"""Breaks the service on purpose and counts what was lost: `python -m tests.chaos --help`."""
