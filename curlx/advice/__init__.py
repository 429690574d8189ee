"""What to do: facts about products and remedies, as data."""
