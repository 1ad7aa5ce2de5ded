"""The ways customers reach the assistant."""
