"""What a number of programs costs by the price tiers of a service, and what one more costs."""

from collections.abc import Iterator

from matchday.rules.seasons import Fee


def split(tiers: tuple[Fee, ...], count: int) -> Iterator[tuple[Fee, int]]:
    """Each tier that a number of programs reaches, with how many of them fall into it."""
    for tier in tiers:
        last = count if tier.last is None else min(count, tier.last)
        if last >= tier.first:
            yield tier, last - tier.first + 1


def amount(tier: Fee, price: int | None, units: int) -> int:
    """The price of so many programs of one tier; an unknown price counts as nothing."""
    return (price or 0) * (1 if tier.flat else units)


def price(tiers: tuple[Fee, ...], count: int) -> int | None:
    """The price of a number of programs in one specialty; None when a tier that it reaches has no known price."""
    reached = list(split(tiers, count))
    if sum(units for _, units in reached) < count or any(tier.usd is None for tier, _ in reached):
        return None
    return sum(amount(tier, tier.usd, units) for tier, units in reached)


def one_more(tiers: tuple[Fee, ...], count: int) -> int | None:
    """What the next program in the specialty costs after a number of them; 0 inside a flat tier; None if not known."""
    for tier, units in split(tiers, count + 1):
        if tier.last is None or count + 1 <= tier.last:
            return 0 if tier.flat and units > 1 else tier.usd
    return None
