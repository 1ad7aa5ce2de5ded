"""Stands in for Twilio where there is no account: its HTTP both ways with real signatures, and a phone on a page."""
