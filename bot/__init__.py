"""The chat service of Indonesia's migrant villages."""
