"""spineanim: procedure animations of the spine, drawn from one body in millimetres."""
