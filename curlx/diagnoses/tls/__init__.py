"""TLS itself: the handshake fails, or somebody on the way decrypts."""
