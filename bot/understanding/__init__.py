"""From people's own words to what they mean: pure, in memory, without a network."""
