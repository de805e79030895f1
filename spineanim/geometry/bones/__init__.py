"""Bones as signed-distance solids, each in its own frame at reference size."""
