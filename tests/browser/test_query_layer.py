"""The query layer alone, over an engine of a few records: no index, no interface."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page

from tests.browser.looking import WIDE

# An engine as Pagefind is one: words are found by their beginnings, in quotation marks as they are,
# and a record counts by how often it holds the word.
ENGINE = r"""records => {
  const split = text => text.toLowerCase().split(/\s+/);
  const tokens = text => split(text).map(word =>
    [word.replace(/[^\w]/g, ''), ...word.split(/[^\w]+/)].filter(Boolean));
  const asked = [];
  const search = async (text, { filters = {} } = {}) => {
    asked.push(text);
    const exact = /^"(.*)"$/.exec(text)?.[1].toLowerCase();
    const word = text.toLowerCase();
    const found = records
      .map(one => {
        const words = tokens(one.content).flatMap((all, spot) =>
          all.some(part => exact ? part === exact : part.startsWith(word)) ? [spot] : []);
        return { id: one.meta.place, words, score: words.length, meta: one.meta,
          data: async () => one };
      })
      .filter(one => one.score)
      .sort((a, b) => b.score - a.score);
    const results = found.filter(one =>
      Object.entries(filters).every(([name, value]) => one.meta[name] === value));
    return { results, unfilteredResultCount: found.length };
  };
  return { search, asked };
}"""

START = """async ([path, make, records, synonyms]) => {
  const layer = await import(path);
  const counts = new Map();
  for (const { content } of records)
    for (const word of new Set(content.toLowerCase().match(/[a-z_][a-z0-9_]+/g)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  const size = 4;
  const words = [...counts.keys()].sort();
  const starts = words.filter((_, index) => index % size === 0);
  window.loaded = [];
  const part = async name => {
    const some = name === 'all' ? words : words.slice(size * name, size * name + size);
    loaded.push(name === 'all' ? name : some);
    return [0, 1, 2, 3].map(rank =>
      some.filter(word => Math.floor(Math.log2(counts.get(word))) === rank).join(' '));
  };
  window.layer = layer;
  window.engine = eval(make)(records);
  window.search = new layer.Search(engine, { synonyms, starts, part, most: 1024 });
}"""

ASK = """async ([text, options]) => {
  const outcome = await search.search(text, options);
  return { ...outcome, shown: await outcome.show(0, 9), show: null };
}"""

RECORDS = {
    "gc": "garbage collection GC the collector frees memory and pauses are short",
    "borrow": "borrow checker the compiler rejects two writers of one value",
    "lock": "shared state behind a lock let hits: Arc<Mutex<Vec>> = new guard",
    "wait": "wait for goroutines var group sync.WaitGroup then context deadline exceeded",
    "sync": "sync and group are two words here wait too the deadline of a context was exceeded",
    "goroutine": "goroutine a function that runs beside others memory small",
    "late": "a used variable is declared early and not late and used not and declared",
    "message": "declared and not used says the compiler of a variable and no more than that",
}
SYNONYMS = [["garbage collection", "gc"], ["goroutine", "green thread"], ["beside the", "next to"]]

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def page(window: Callable[..., BrowserContext]) -> Page:
    """A page in which the query layer stands over the small engine."""
    page = window(WIDE).new_page()
    page.goto("404.html")
    records = [
        {
            "content": f"{text} ␟ hidden",
            "meta": {"title": key, "names": key, "place": key, "way": "x", "kind": "Page"},
        }
        for key, text in RECORDS.items()
    ]
    page.evaluate(START, ["/_static/search/query.js", ENGINE, records, SYNONYMS])
    return page


@pytest.fixture
def ask(page: Page) -> Ask:
    """What a search returns, with the first results."""

    def asked(text: str, **options: Any) -> dict[str, Any]:
        answer: dict[str, Any] = page.evaluate(ASK, [text, options])
        return answer

    return asked


def places(outcome: dict[str, Any]) -> list[str]:
    """Return the places of the results in their order."""
    return [one["place"] for one in outcome["shown"]]


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("same", "same", 0),
        ("goroutine", "gorutine", 1),
        ("checker", "chekcer", 1),
        ("kitten", "sitting", 3),
        ("ab", "ba", 1),
        ("", "abc", 3),
    ],
)
def test_counts_what_must_be_changed(page: Page, one: str, other: str, far: int) -> None:
    """Letters added, dropped, changed and swapped count one each, both ways."""
    assert page.evaluate("([a, b]) => layer.distance(a, b, 9)", [one, other]) == far
    assert page.evaluate("([a, b]) => layer.distance(a, b, 9)", [other, one]) == far
    assert page.evaluate("([a, b]) => layer.distance(a, b, 1)", [one, other]) == min(far, 2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gorutine", "goroutine"),
        ("borow chekcer", "borrow checker"),
        ("Garbge collection", "garbage collection"),
        ("compilre", "compiler"),
    ],
)
def test_a_typo_is_corrected_by_the_words_of_the_site(ask: Ask, typed: str, meant: str) -> None:
    """The nearest word of the site is searched for, and the outcome says so."""
    outcome = ask(typed)
    assert outcome["corrected"] == meant
    assert outcome["unknown"] == []
    assert outcome["count"] > 0


def test_words_are_loaded_where_they_stand(ask: Ask, page: Page) -> None:
    """Loaded is what begins as the words do; for a typo the same first letter, at last all."""
    ask("borrow checker")
    loaded = page.evaluate("loaded")
    assert len(loaded) <= 4
    assert all(re.search(r"\b(bor|che)", " ".join(some)) for some in loaded)
    ask("gorutine")
    assert "all" not in page.evaluate("loaded")
    assert ask("moroutine")["corrected"] == "goroutine"
    ask("memory")
    assert page.evaluate("loaded.indexOf('all')") == page.evaluate("loaded.length") - 1


# Words by the binary logarithm of how many records hold them.
MANY = {
    2: "ruler",
    3: "rules",
    9: "compare go typed",
    10: "but compile rust",
    11: "cargo cargohold cargoplane complete compute type typeface typescript typeset typewriter",
    12: "and the build",
}


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("ruler", ["ruler"]),
        ("rule", ["rule"]),
        ("compute", ["compute"]),
        ("go", ['"go"']),
        ("compile", ["compile"]),
        ("comp", ['"comp"', "complete"]),
        ("compi", ["compi"]),
        ("cargo", ["cargo"]),
        ("carg", ['"carg"', "cargo"]),
        ("type", ['"type"']),
        ("types", ['"types"', "typescript"]),
        ("ru", ['"ru"', "rust"]),
        ("rus", ['"rus"', "rust"]),
        ("an", ['"an"']),
        ("b", ['"b"', "build"]),
        ("zzz", ['"zzz"']),
        ("zzzz", ["zzzz"]),
        ("并发", ["并发"]),
    ],
)
def test_the_beginning_of_too_many_words_is_not_asked_for(
    page: Page, word: str, asked: list[str]
) -> None:
    """Short words are asked for exactly, for a beginning of thousands its commonest word is."""
    lists = [MANY.get(rank, "") for rank in range(13)]
    made = """async ([lists, word]) => {
      const spelling = new layer.Spelling({ starts: ["a"], part: async () => lists, most: 1024 });
      await spelling.learn(["all words"]);
      return spelling.asked(word);
    }"""
    assert page.evaluate(made, [lists, word]) == asked


def test_what_is_not_found_exactly_is_meant_as_a_beginning(ask: Ask, page: Page) -> None:
    """While the first letters of a word are typed, what it may become is shown."""
    assert places(ask("bo"))[0] == "borrow"
    assert page.evaluate("engine.asked") == ['"bo"', "borrow"]
    # Nothing under a filter is not nothing.
    assert places(ask("borrow", filters={"title": "gc"})) == []
    assert places(ask("gc", filters={"title": "borrow"})) == []
    assert page.evaluate("engine.asked.slice(2)") == ["borrow", '"gc"', "garbage", "collection"]


def test_what_begins_so_is_known_wherever_its_file_begins(page: Page) -> None:
    """A beginning may stand at the end of a file of words whose others begin the next one."""
    made = """async word => {
      const words = [["able anvil"], ["apart apt"], ["arrow"]];
      const spelling = new layer.Spelling({
        starts: ["able", "apart", "arrow"], part: async name => words[name], most: 1024,
      });
      await spelling.learn([word]);
      return spelling.asked(word);
    }"""
    assert page.evaluate(made, "ap") == ['"ap"', "apart"]
    assert page.evaluate(made, "ar") == ['"ar"', "arrow"]
    assert page.evaluate(made, "ab") == ['"ab"', "able"]


def test_words_that_did_not_come_are_asked_for_again(ask: Ask, page: Page) -> None:
    """A part of the vocabulary that failed to load is loaded by the next search."""
    page.evaluate(
        "() => { const { spelling } = search.reader, { part } = spelling;"
        " spelling.part = async () => { spelling.part = part; throw new Error('offline'); }; }"
    )
    with pytest.raises(Error, match="offline"):
        ask("borrow")
    assert places(ask("borrow"))[0] == "borrow"


@pytest.mark.parametrize(
    "text", ["goroutines", "compiling", "gorou", "collectors", "pause", "E0382", "并发"]
)
def test_forms_beginnings_and_what_is_no_word_stay(ask: Ask, text: str) -> None:
    """Other forms and beginnings of the site's words are no typos, and codes are no words."""
    assert ask(text)["corrected"] == ""


def test_two_mistakes_from_the_first_letter_on_make_another_word(ask: Ask) -> None:
    """A word that merely resembles one of the site is unknown, not corrected."""
    outcome = ask("kompilerd")
    assert (outcome["corrected"], outcome["unknown"]) == ("", ["kompilerd"])


def test_the_reader_can_insist(ask: Ask) -> None:
    """A literal search corrects nothing and says what the site does not use."""
    outcome = ask("gorutine", literal=True)
    assert (outcome["count"], outcome["corrected"]) == (0, "")
    assert outcome["unknown"] == ["gorutine"]


def test_a_long_question_still_finds(ask: Ask) -> None:
    """What holds the most of a question is found though nothing holds all of it."""
    outcome = ask("why does the garbage collection of a server take so long to free memory")
    assert places(outcome)[0] == "gc"


def test_stop_words_are_not_asked_for(ask: Ask, page: Page) -> None:
    """Words that stand everywhere are asked for only if there are no others."""
    ask("what is the borrow checker")
    assert page.evaluate("engine.asked") == ["borrow", "checker"]
    outcome = ask("and the")
    assert page.evaluate("engine.asked.slice(2)") == ['"and"', '"the"']
    assert (outcome["count"] > 1, outcome["partial"]) == (True, False)


def test_a_message_is_found_as_it_is_written(ask: Ask) -> None:
    """A message of common words is found by their order."""
    assert places(ask("declared not used"))[0] == "late"
    assert places(ask("declared and not used"))[0] == "message"
    assert places(ask("context deadline exceeded"))[0] == "wait"


def test_a_name_of_code_is_kept_whole(ask: Ask) -> None:
    """Parts of a name at one place count more than the same words apart."""
    assert places(ask("sync.WaitGroup"))[0] == "wait"
    assert places(ask("Arc<Mutex<T>>")) == ["lock"]


def test_synonyms_find_each_other(ask: Ask) -> None:
    """A name finds what only a synonym of it names, below what names it itself."""
    assert places(ask("gc")) == places(ask("garbage collection")) == ["gc"]
    assert set(places(ask("green thread"))) == {"goroutine", "wait"}


def test_what_holds_only_a_part_is_said_to(ask: Ask) -> None:
    """If nothing holds most of the words, the outcome is called partial."""
    assert not ask("borrow checker")["partial"]
    outcome = ask("borrow hits goroutine declared pauses deadline")
    assert outcome["partial"]
    assert outcome["count"] > 1


FIND_THOUSAND = """() => {
  const meta = { title: "", names: "", way: "", kind: "", place: "" };
  const data = async () => ({ content: "the compiler", meta });
  const hits = Array.from({ length: 1024 }, (_, id) => ({ id, score: 1, words: [1], data }));
  search.engine.search = async (_, { filters }) =>
    ({ results: filters.kind ? hits.slice(0, 9) : hits, unfilteredResultCount: hits.length });
}"""


def test_a_word_that_finds_as_many_as_it_may_is_told_apart(page: Page, ask: Ask) -> None:
    """If the index keeps no more records for a word, there may be more, with filters too."""
    assert ask("memory")["more"] is False
    page.evaluate(FIND_THOUSAND)
    outcome = ask("compiler")
    assert (outcome["count"], outcome["more"]) == (1024, True)
    outcome = ask("compiler", filters={"kind": "Page"})
    assert (outcome["count"], outcome["more"]) == (9, True)


def test_filters_reach_the_engine(ask: Ask) -> None:
    """Filters narrow what is found."""
    assert places(ask("memory", filters={"title": "gc"})) == ["gc"]


def test_the_excerpt_marks_words_and_hides_what_is_not_for_show(ask: Ask) -> None:
    """An excerpt holds the words, marked, and nothing from behind the end of the text."""
    [shown] = ask("mutex")["shown"]
    assert [piece["text"] for piece in shown["excerpt"] if piece["marked"]] == ["Arc<Mutex<Vec>>"]
    assert "hidden" not in "".join(piece["text"] for piece in shown["excerpt"])


def test_what_is_found_by_what_is_not_for_show_is_shown_from_its_beginning(ask: Ask) -> None:
    """Where words stand only behind the end of the text, the excerpt is the text's beginning."""
    excerpts = {one["place"]: one["excerpt"] for one in ask("hidden")["shown"]}
    assert excerpts.keys() == RECORDS.keys()
    for place, pieces in excerpts.items():
        assert "".join(piece["text"] for piece in pieces).strip() == RECORDS[place]
        assert not any(piece["marked"] for piece in pieces)


def test_a_word_is_asked_for_once(ask: Ask, page: Page) -> None:
    """What was asked for is kept: to type one word more costs one question more."""
    ask("borrow")
    ask("borrow checker")
    assert page.evaluate("engine.asked") == ["borrow", "checker"]
