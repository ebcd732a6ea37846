"""Forms over parts of the dossier."""
