"""Drawings that illustrators bring: read safely, checked for what they need, drawn as pixels."""
