"""Problems with the certificate that a client shows to a server (mutual TLS)."""
