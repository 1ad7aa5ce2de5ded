"""Bank debits: the authorization, and a payment's life after it is submitted."""
