"""HTTP: answers that refuse, and exchanges that break."""
