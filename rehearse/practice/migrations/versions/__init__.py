"""One file a version; its number is its name."""
