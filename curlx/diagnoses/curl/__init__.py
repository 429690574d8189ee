"""What went wrong in curl itself, on the machine it runs on."""
