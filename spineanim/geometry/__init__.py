"""Anatomy and implants as numbers: millimetres in patient axes, no pictures."""
