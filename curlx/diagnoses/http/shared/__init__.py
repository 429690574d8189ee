"""What a log shows of answers, and how to ask again: shared by diagnoses."""
