"""Search over all kinds of records."""


def test_a_name_is_found_and_leads_to_its_list(seed_page):
    page = seed_page("/search/?q=takuba")
    assert 'href="/operations/takuba-task-force/"' in page
    assert 'href="/operations/?q=takuba"' in page
    assert '<mark class="hit">Takuba</mark>' in page


def test_nothing_found_says_so(seed_page):
    assert "No record contains “sabre”." in seed_page("/search/?q=sabre")


def test_a_search_without_words_asks_for_them(seed_page):
    assert "Type a name, a country or words that were said." in seed_page("/search/?q=")


def test_the_words_are_shown_as_text(seed_page):
    page = seed_page("/search/?q=<b>mali")
    assert "&lt;b&gt;mali" in page.html
    assert "<b>mali" not in page.html
