"""Prove that an upload folder is right, by what is in it."""
