"""Where Alembic comes in; `rehearse.coach.server.migrating` hands over the connection."""

from alembic import context

from rehearse.coach.server.migrating import SCHEMA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    version_table_schema=SCHEMA,
)
context.run_migrations()
