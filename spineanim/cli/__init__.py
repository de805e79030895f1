"""The command line: one file a command, no logic; Manim is imported inside commands only."""
