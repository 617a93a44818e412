"""The pages that browser tests and screenshots visit: one of each kind, by the name of an image."""

from playwright.sync_api import ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

PAGES = {
    "home": "/",
    "operations": "/operations/",
    "operations-filtered": "/operations/?status=active&country=ML",
    "operation-barkhane": "/operations/barkhane/",
    "operation-takuba": "/operations/takuba-task-force/",
    "operation-coalition": "/operations/coalition-for-the-sahel/",
    "countries": "/countries/",
    "country-france": "/countries/FR/",
    "country-mali": "/countries/ML/",
    "organizations": "/organizations/",
    "organization": "/organizations/g5-sahel/",
    "people": "/people/",
    "person": "/people/florence-parly/",
    "statements": "/statements/",
    "statement": "/statements/cr64jhsbnqwr/",
    "statement-reported": "/statements/24egb2r7x14r/",
    "sources": "/sources/",
    "source": "/sources/f80xybx6ztdh/",
    "search": "/search/?q=takuba",
    "search-empty": "/search/?q=sabre",
    "history": "/operations/takuba-task-force/history/",
    "changes": "/changes/",
    "revision": "/changes/1/",
    "data": "/data/",
    "guide": "/data/tutorial/",
    "releases": "/data/releases/",
    "vocabularies": "/vocabularies/",
    "about": "/about/",
    "quality": "/quality/",
    "accessibility": "/accessibility/",
}
# The same in French: one of each layout.
FRENCH = {
    f"fr-{name}": f"/fr{PAGES[name]}"
    for name in ("home", "operations", "operation-takuba", "country-mali", "statement", "source")
}
# What answers with an error, in the style of the site.
ERRORS = {
    "400": "/operations/?status=actve",
    "404": "/operations/takuba-force/",
}
# What is there once revision 2 has changed the focus area of the Takuba Task Force.
AFTER_AN_EDIT = {
    "as-of": "/operations/takuba-task-force/?as_of=1",
    "history-edited": "/operations/takuba-task-force/history/",
    "revision-edited": "/changes/2/",
}
