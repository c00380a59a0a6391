"""What was practised: the turns of a session, and its report."""
