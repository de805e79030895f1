"""Processes that hold a film ready at every play, and what the server knows of them."""
