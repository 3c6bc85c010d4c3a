"""The book is built beside the PDF, from the same pages."""

from __future__ import annotations

from tests.printed.conftest import printed

__all__ = ["printed"]
