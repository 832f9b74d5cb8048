"""A made-up land as large as one likes: the rows are made here, purely and by a seed; what writes them stands beside."""
