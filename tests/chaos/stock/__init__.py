"""What a stock bot loses: the echo bot of python-telegram-bot's own examples, under the faults that are put to us."""
