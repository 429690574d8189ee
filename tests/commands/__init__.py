"""The commands as a user meets them: processes with their streams, their files and their exit codes."""
