"""What a log shows of lookups and connections, and how to probe them: shared by diagnoses."""
