"""What a log shows of TLS that failed, and what the command asked of it: shared by diagnoses."""
