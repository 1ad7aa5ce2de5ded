"""What the billing system writes to customers, and how it is sent."""
