"""One file a version, its SQL beside it; its number is its name."""
