"""Practice that a coach assigns, and what a person chooses to show them: files that travel by any channel."""
