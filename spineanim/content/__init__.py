"""What illustrators edit, loaded and checked: theme, script, fonts and where a project keeps them."""
