"""The officer's desk in a chat, and behind the web pages: the list, a case, and all that is done with it."""
