"""Django's PostgreSQL backend, and nobody who waits for ever."""
