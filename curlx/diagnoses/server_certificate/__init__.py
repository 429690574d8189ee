"""The certificate of the server: curl refuses it, or did not check it."""
