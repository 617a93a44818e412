"""What no public site may have; settings.py refuses it where SAHELREF_HTTPS says production."""

from collections.abc import Iterator, Sequence

# As Django's own `check --deploy` has it (security.W009).
SHORTEST_KEY = 50
FEWEST_LETTERS = 5
HOW = "python -c 'import secrets; print(secrets.token_urlsafe(50))'"


def faults(*, debug: bool, secret_key: str, hosts: Sequence[str]) -> Iterator[str]:
    """Say what is wrong, by the name of the variable, and what would be right."""
    if debug:
        yield "DJANGO_DEBUG is on: it shows settings and code to strangers. Leave it out."
    if len(secret_key) < SHORTEST_KEY or len(set(secret_key)) < FEWEST_LETTERS:
        yield f"DJANGO_SECRET_KEY is weak: it can be guessed. Leave it out, or take one from {HOW}."
    elif secret_key.startswith("django-insecure-"):
        yield f"DJANGO_SECRET_KEY is an example. Leave it out, or take one from {HOW}."
    if not hosts or any(host.startswith(("*", ".")) for host in hosts):
        yield (
            "DJANGO_ALLOWED_HOSTS has a wildcard or nothing: name each host of the site, such as"
            " sahelref.example."
        )
