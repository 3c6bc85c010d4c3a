"""Owns the fixtures of the built site. Set SITE_HTML to test a folder that is built already."""

from __future__ import annotations

import pytest

from tests.site.building import Build, built_site
from tests.site.pages import Site


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The build of the real site."""
    return built_site(tmp_path_factory)


@pytest.fixture(scope="session")
def site(build: Build) -> Site:
    """The real site, which has been built."""
    assert build.status == 0, build.warnings
    return Site(build.folder)
