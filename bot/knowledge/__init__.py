"""What follows from the content alone: which rows fit, what an answer's edition is, what is due for another look."""
