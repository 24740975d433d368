"""Officials: who holds which post in which body."""
