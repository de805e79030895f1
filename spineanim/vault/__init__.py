"""Keep what was costly to make: checked files in the user's cache folder, bounded in size."""
