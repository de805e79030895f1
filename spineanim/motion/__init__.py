"""Reusable moves; each is a pure function of the time within its step."""
