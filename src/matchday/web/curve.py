"""What a number of applications in one specialty costs, as a curve and as a table of the places where it bends."""

from dataclasses import dataclass

from matchday.plan.money import Asked
from matchday.plan.tiers import one_more, price
from matchday.rules.seasons import Fee, season

WIDTH, HEIGHT, FOOT = 320, 120, 16
STEPS = (1, 10, 20, 30, 31, 40, 50, 75, 100, 150)


@dataclass(frozen=True, slots=True)
class Point:
    """A number of programs with its price, and the price of one more; None = not known."""

    programs: int
    usd: int
    more: int | None


@dataclass(frozen=True, slots=True)
class Curve:
    """The price of one specialty through one service: `line` as the points of an SVG polyline, `table` for reading.

    `count` programs are on the list now; `mark` is their place in the picture.
    """

    specialty: str
    service: str
    count: int
    line: str
    mark: tuple[float, float]
    most: Point
    table: tuple[Point, ...]


def curves(asked: Asked, wished: tuple[str, ...] = ()) -> tuple[Curve, ...]:
    """A curve for each specialty applied to, else for each that is wished; one for all that have the same.

    None where prices are not known.
    """
    facts = season(asked.season)
    counts = dict(asked.applications) or {(name, None): 0 for name in wished}
    same: dict[tuple[str, tuple[Fee, ...], int], list[str]] = {}
    for (name, wanted), count in counts.items():
        service = wanted if wanted not in (None, "Other") else facts.service_of(name).service
        tiers = facts.fee(service, "application") if service else ()
        if service:
            same.setdefault((service, tuple(tiers), count), []).append(name)
    found = (_curve(", ".join(names), *key) for key, names in same.items())
    return tuple(curve for curve in found if curve)


def _curve(name: str, service: str, tiers: tuple[Fee, ...], count: int) -> Curve | None:
    last = max(60, -(-count * 3 // 20) * 10)  # half as far again as the list goes
    prices = [price(tiers, number) for number in range(last + 1)]
    known = [usd for usd in prices if usd is not None]
    if len(known) < len(prices) or not known[-1]:
        return None

    def place(number: int) -> tuple[float, float]:
        return round(number * WIDTH / last, 1), round(
            HEIGHT - FOOT - known[number] * (HEIGHT - 2 * FOOT) / known[-1], 1
        )

    bends = {number for tier in tiers for number in (tier.first - 1, tier.first) if 0 < number <= last}
    shown = sorted({number for number in STEPS if number <= last} | bends | ({count} if count else set()))
    points = tuple(Point(number, known[number], one_more(tiers, number)) for number in shown)
    line = " ".join(f"{x},{y}" for x, y in map(place, sorted({0, last} | set(shown))))
    most = Point(last, known[last], one_more(tiers, last))
    return Curve(name, service, count, line, place(count), most, points)
