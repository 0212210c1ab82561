"""What several adapters need to be safe: files, sealing, secrets, the system keyring, cleaning of text."""
