"""The conversation as a statechart: events in, effects out."""
