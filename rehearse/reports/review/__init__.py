"""The pages on which a coach sees what their clients have shared."""
