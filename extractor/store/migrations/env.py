"""Entry point that Alembic calls: runs migrations on the connection that `open_store` hands over."""

from alembic import context

from extractor.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
