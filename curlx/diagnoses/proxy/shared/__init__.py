"""What a log shows of a proxy's answers: shared by diagnoses."""
