"""The one door to the billing system."""
