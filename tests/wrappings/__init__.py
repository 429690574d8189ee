"""Undoing what wraps a whole log."""
