"""Make a folder for a website: films, pictures, words and pages."""
