"""Show folders on this machine, and only there."""
