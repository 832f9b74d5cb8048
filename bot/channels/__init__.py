"""The platforms: each file translates between one of them and the house's words, and knows nothing else."""
