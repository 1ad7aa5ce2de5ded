"""The agent desk: where the company's people take conversations over and give them back."""
