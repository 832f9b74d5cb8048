"""How cases are numbered, timed, routed and seen: pure rules."""
