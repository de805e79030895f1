"""The devices as solids: pump, catheter, implantation tools, and what is held in the hand."""
