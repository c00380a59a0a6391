"""The ways from one version of the practice's tables to the next; its owner says when they are gone."""
