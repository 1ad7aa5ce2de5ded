"""The reference e-billing system; a company replaces it by its own, serving the same API."""
