"""Parts drawn: body, section, pump, catheter, labels, captions."""
