"""The illustrator's bench: a page on this machine that shows a film while it is changed."""
