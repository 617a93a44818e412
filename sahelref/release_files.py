"""Serves the files of releases: what never changes, and nothing else of the disk."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from apps.records.releases import Release, ReleaseFile, named

FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {
    ".csv": "text/csv; charset=utf-8; header=present",
    ".json": "application/json",
    ".sqlite": "application/vnd.sqlite3",
    ".parquet": "application/vnd.apache.parquet",
    ".md": "text/markdown; charset=utf-8",
}
PLAIN = "text/plain; charset=utf-8"


@require_safe
def release_file(request: HttpRequest, name: str, path: str) -> HttpResponseBase:
    """Answer with a file that the release's `index.json` names; its SHA-256 is the ETag."""
    release = named(name)
    file = release.file(path) if release else None
    if release is None or file is None:
        raise Http404(f"No release has the file {name}/{path}.")
    known = get_conditional_response(request, f'"{file.sha256}"')
    return _stamped(known or _opened(release, file), file)


def _opened(release: Release, file: ReleaseFile) -> FileResponse:
    path = release.directory / file.path
    kind = TYPES.get(path.suffix, PLAIN)
    whole = path.suffix in (".csv", ".sqlite", ".parquet")
    name = f"sahelref-{release.name}-{file.path}" if whole else file.path
    return FileResponse(path.open("rb"), as_attachment=whole, filename=name, content_type=kind)


def _stamped(response: HttpResponseBase, file: ReleaseFile) -> HttpResponseBase:
    response.headers["ETag"] = f'"{file.sha256}"'
    response.headers["Cache-Control"] = FOR_EVER
    return response
