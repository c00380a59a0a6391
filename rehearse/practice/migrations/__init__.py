"""The ways from one version of the practice log's tables to the next, gone by themselves when a log is opened."""
