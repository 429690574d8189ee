"""What is wrong with the log, rather than with the transfer it tells of."""
