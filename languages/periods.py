"""The days a period of the contract covers."""

from calendar import monthrange


def days_of(period: str) -> tuple[str, str]:
    """The first and last day of ``2026-03``, ``2026`` or ``2026-01-01/2026-03-31``, as ISO dates."""
    if "/" in period:
        first, _, last = period.partition("/")
        return first, last
    year, _, month = period.partition("-")
    if not month:
        return f"{year}-01-01", f"{year}-12-31"
    return f"{period}-01", f"{period}-{monthrange(int(year), int(month))[1]:02}"
