"""Runs migrations on the connection it is given, in one transaction."""

from alembic import context

from billing.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
