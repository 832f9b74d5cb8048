"""Where the processes and workers of a test run keep what a release learns: each content is learnt once."""

from pathlib import Path

CACHE = Path(__file__).parents[1] / ".pytest_cache" / "learnt"
