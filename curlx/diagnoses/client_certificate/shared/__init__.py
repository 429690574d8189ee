"""What a log shows of the client's certificate, and what to do about it: shared by diagnoses."""
