"""What drawing costs; `make bench` prints the tables."""
