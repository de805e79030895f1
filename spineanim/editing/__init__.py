"""What illustrators edit: read as plain data, tried, written back with comments kept, undone."""
