"""The scenes: YAML files, their schema, and what checks them."""
