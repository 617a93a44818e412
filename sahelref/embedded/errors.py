"""What goes wrong with the embedded server, in words for the person who started it."""


class EmbeddedServerError(Exception):
    """The embedded PostgreSQL server cannot run; the message says what to do about it."""
