"""Signed-distance solids: primitives, outlines, lofts, and how they combine."""
