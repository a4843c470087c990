"""What Alembic runs: the migrations, inside the transaction that `migrate` opened."""

from alembic import context

from detector.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
