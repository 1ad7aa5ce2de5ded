"""How well it understands: measured on held-out messages and by cross-validation (``make evaluate``)."""
