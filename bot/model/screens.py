"""How much stands on a telephone's screen where it is smallest: WhatsApp's limits, in UTF-16 units."""

MOST_BUTTONS, LONGEST_BUTTON = 3, 20
MOST_ROWS, LONGEST_ROW, LONGEST_DESCRIPTION = 10, 24, 72
LONGEST_TEXT, LONGEST_ABOVE_BUTTONS, LONGEST_CAPTION = 4096, 1024, 1024
