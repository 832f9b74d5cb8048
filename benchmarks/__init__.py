"""Measurements beside others on the same data, in one run: `make evaluate`, `make bench`."""
