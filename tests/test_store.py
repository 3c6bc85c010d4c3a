from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from comparison.store import ComparisonStore

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Drinks


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "deep" / "cache"


def _fresh(drinks: Drinks, cache: Path) -> ComparisonStore:
    """Return a store as a new build finds it."""
    store = ComparisonStore(drinks.root, cache)
    assert store.refresh() == []
    return store


def _kept(drinks: Drinks, cache: Path) -> None:
    """Go through a build without a warning."""
    _fresh(drinks, cache).save()


def test_all_comparisons_are_there_by_id(drinks: Drinks, cache: Path) -> None:
    """A store is a mapping of the sound comparisons, in the order of their folders."""
    store = _fresh(drinks.add_second(), cache)
    assert list(store) == ["milk-vs-juice", "tea-vs-coffee"]
    assert len(store) == 2
    assert store["tea-vs-coffee"].data.title == "Tea vs coffee for breakfast"
    assert "cocoa" not in store
    with pytest.raises(KeyError):
        store["cocoa"]


def test_what_was_checked_is_not_checked_again(drinks: Drinks, cache: Path) -> None:
    """After a clean build nothing is read anew, and the comparison is the very same data."""
    first = _fresh(drinks, cache)
    assert first.changed == {"tea-vs-coffee"}
    first.save()
    again = _fresh(drinks, cache)
    assert again.changed == set()
    assert again["tea-vs-coffee"] == first["tea-vs-coffee"]


@pytest.mark.parametrize("file", ["taste.toml", "comparison.toml", "references.bib", "evidence.md"])
def test_any_change_of_a_file_is_noticed(drinks: Drinks, cache: Path, file: str) -> None:
    """A changed file has its comparison checked anew, and no other, whatever its times."""
    drinks.add_second()
    _kept(drinks, cache)
    path = drinks.folder / file
    times, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("Bean", "Bear").replace("cup", "mug"), encoding="utf-8")
    if file in ("comparison.toml", "evidence.md"):
        path.write_text(text[:-1] + " ", encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert _fresh(drinks, cache).changed == {"tea-vs-coffee"}


def test_a_new_topic_and_a_lost_page_are_noticed(drinks: Drinks, cache: Path) -> None:
    """Files that come and go are changes too."""
    _kept(drinks, cache)
    (drinks.folder / "more.md").write_text("# More\n", encoding="utf-8")
    assert _fresh(drinks, cache).changed == {"tea-vs-coffee"}
    _kept(drinks, cache)
    (drinks.folder / "more.md").unlink()
    assert _fresh(drinks, cache).changed == {"tea-vs-coffee"}


def test_problems_are_reported_until_they_are_mended(drinks: Drinks, cache: Path) -> None:
    """A mistake is told in every build, also in one that finds the other comparisons unchanged."""
    drinks.add_second()
    _kept(drinks, cache)
    drinks.edit("cost.toml", "value = 12", "value = -12")
    for _ in range(2):
        store = ComparisonStore(drinks.root, cache)
        assert [problem.key for problem in store.refresh()] == ["claims[1].value"]
        assert list(store) == ["milk-vs-juice"]
    drinks.edit("cost.toml", "value = -12", "value = 12")
    assert list(_fresh(drinks, cache)) == ["milk-vs-juice", "tea-vs-coffee"]


def test_keys_are_compared_with_comparisons_that_did_not_change(
    drinks: Drinks, cache: Path
) -> None:
    """A key that an unchanged comparison already uses is told."""
    _kept(drinks, cache)
    drinks.add_second()
    for path in (drinks.root / "milk-vs-juice").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("cow-norm", "leaf-norm"), encoding="utf-8")
    [problem] = ComparisonStore(drinks.root, cache).refresh()
    assert (problem.file.parent.name, problem.key) == ("tea-vs-coffee", "leaf-norm")


def test_a_comparison_taken_away_is_forgotten(drinks: Drinks, cache: Path) -> None:
    """What has no folder any more is not there, though it was remembered."""
    drinks.add_second()
    _kept(drinks, cache)
    for path in (drinks.root / "milk-vs-juice").iterdir():
        path.unlink()
    assert list(_fresh(drinks, cache)) == ["tea-vs-coffee"]


def test_what_is_forgotten_is_checked_again(drinks: Drinks, cache: Path) -> None:
    """After a build with warnings the next one looks at everything."""
    _kept(drinks, cache)
    _fresh(drinks, cache).forget()
    assert _fresh(drinks, cache).changed == {"tea-vs-coffee"}
    # To forget twice is no mistake.
    ComparisonStore(drinks.root, cache).forget()
    ComparisonStore(drinks.root, cache).forget()


def test_the_state_before_a_change_is_known_until_the_new_one_is_saved(
    drinks: Drinks, cache: Path
) -> None:
    """What pages show can be compared with what they showed, and old states are not kept."""
    _kept(drinks, cache)
    drinks.edit("cost.toml", "value = 12", "value = 13")
    store = _fresh(drinks, cache)
    before, now = store.before("tea-vs-coffee"), store["tea-vs-coffee"]
    assert before is not None
    assert [c.claims["price-coffee"][1].value for c in (before, now)] == [12, 13]
    store.save()
    assert len(list(cache.glob("tea-vs-coffee.*"))) == 1
    assert not _fresh(drinks.add_second(), cache).before("milk-vs-juice")


def test_a_build_that_was_stopped_leaves_no_state_before(drinks: Drinks, cache: Path) -> None:
    """Its pages may show data that no index knows, so that data changed back is a change too."""
    _kept(drinks, cache)
    drinks.edit("cost.toml", "value = 12", "value = 13")
    _fresh(drinks, cache)
    drinks.edit("cost.toml", "value = 13", "value = 12")
    store = _fresh(drinks, cache)
    assert store.changed == {"tea-vs-coffee"}
    assert store.before("tea-vs-coffee") is None


def test_comparisons_that_come_or_go_are_told(drinks: Drinks, cache: Path) -> None:
    """Pages that list all of them are to be read again, and only then."""
    _kept(drinks, cache)
    assert not _fresh(drinks, cache).has_other_names
    assert _fresh(drinks.add_second(), cache).has_other_names


def test_few_comparisons_stay_in_memory(drinks: Drinks, cache: Path) -> None:
    """However many there are, each can be asked for, and comes back as it was checked."""
    drinks.add_second()
    store = _fresh(drinks, cache)
    first = {name: store[name] for name in store}
    store._loaded.clear()
    assert {name: store[name] for name in store} == first
    assert all(store[name] is not first[name] for name in store)


@pytest.mark.parametrize("content", [b"", b"garbage", b"\x80\x05"])
@pytest.mark.parametrize("file", ["index.pickle", "tea-vs-coffee.*.pickle"])
def test_a_damaged_cache_is_as_none(drinks: Drinks, cache: Path, file: str, content: bytes) -> None:
    """A cache that was cut off or overwritten costs a check, never a build."""
    _kept(drinks, cache)
    [path] = cache.glob(file)
    path.write_bytes(content)
    assert _fresh(drinks, cache)["tea-vs-coffee"].id == "tea-vs-coffee"


def test_a_cache_is_not_taken_for_another_folder(
    drinks: Drinks, cache: Path, tmp_path: Path
) -> None:
    """A site that was moved is checked where it is: problems would name the wrong files."""
    _kept(drinks, cache)
    moved = tmp_path / "moved"
    drinks.root.rename(moved)
    store = ComparisonStore(moved, cache)
    assert store.refresh() == []
    assert store.changed == {"tea-vs-coffee"}
    assert store["tea-vs-coffee"].folder == moved / "tea-vs-coffee"
