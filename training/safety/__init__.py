"""The safety screen's data, and how its network is trained."""
