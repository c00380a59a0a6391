"""Scripts that measure; each prints a table, and its last results stand beside it."""
