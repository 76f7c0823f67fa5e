"""Plans being carried out."""
