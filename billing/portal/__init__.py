"""The pages a customer opens by a one-time link."""
