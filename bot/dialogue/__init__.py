"""The talk: pure steps from a message to all that follows from it."""
