"""Where the web server tells Prometheus its figures, which granian counts for all workers."""

from ipaddress import ip_address

from django.core.exceptions import ImproperlyConfigured

WANTED = "an address of this machine or its private network, and a port: 127.0.0.1:9200"


def address(given: str) -> tuple[str, ...]:
    """Return host and port, () for nowhere.

    Raises ImproperlyConfigured for a public address: figures tell strangers what a site is worth
    attacking with.
    """
    if not given:
        return ()
    host, _, port = given.rpartition(":")
    host = host.strip("[]")
    if not (_is_private(host) and port.isdecimal() and 0 < int(port) < 65536):
        raise ImproperlyConfigured(f"SAHELREF_METRICS is {given!r}, and may be {WANTED}.")
    return host, port


def _is_private(host: str) -> bool:
    try:
        read = ip_address(host)
    except ValueError:
        return False
    return read.is_private and not read.is_unspecified
