"""What the billing system does: each module one subject, on the database and the clock it is given."""
