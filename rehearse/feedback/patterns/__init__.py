"""The rules that find codes, one file an axis; each yields findings, and none knows of the others."""
