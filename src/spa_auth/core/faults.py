"""Which exceptions mean that the database failed, not the program: they answer 503."""

from django.db import InterfaceError, InternalError, OperationalError

# Away, locked, too slow, chosen as the victim of a deadlock: OperationalError. PostgreSQL calls it
# an InternalError to be read-only (SQLSTATE 25006); a connection that broke is an InterfaceError.
DATABASE_FAULTS = (OperationalError, InterfaceError, InternalError)
