"""What illustrators edit, loaded and checked: theme, script, parameters, fonts."""
