"""What the names in a server's certificate tell of its origin: shared by diagnoses."""
