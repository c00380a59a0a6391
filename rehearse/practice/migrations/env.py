"""Where Alembic comes in; `rehearse.practice.migrating` hands over the connection."""

from alembic import context

from rehearse.practice.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
context.run_migrations()
