"""The rules that find codes, one idea a file; each yields findings, and none knows of the others."""
