"""A practice of many coaches: what they have received, on a PostgreSQL server that itself says who sees what."""

URL_VARIABLE = "REHEARSE_COACH_DATABASE_URL"
"""The environment's, with the address of whoever logs in."""
