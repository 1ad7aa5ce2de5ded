"""How the product is started, watched and talked to from a terminal."""
