"""Random small markets with every variation, from a seed."""

from random import Random

from matchday.match import Market


def some(rng: Random, people, most):
    """A random ordered part of them."""
    people = list(people)
    return rng.sample(people, rng.randint(0, min(most, len(people))))


def small_market(
    seed: int, *, singles=4, couples=1, programs=3, supplemental=0, reversions=0, parity=0, most=3, full=False
) -> Market:
    """About that many of each; `full` makes every program rank everybody."""
    rng = Random(seed)
    people, places = range(singles + 2 * couples), range(programs)
    advanced = [p for p in places if supplemental and rng.random() < 0.5]
    first_year = [p for p in places if p not in advanced]
    quota = [rng.randint(0, 3) if rng.random() < 0.5 else 1 for _ in places]
    joint = []
    for c in range(couples):
        pairs = [(p, q) for p in [*places, -1] for q in [*places, -1] if (p, q) != (-1, -1)]
        joint.append((singles + 2 * c, singles + 2 * c + 1, some(rng, pairs, most)))
    extra = []
    for _ in range(supplemental if advanced else 0):
        a = rng.choice(list(people))
        if a not in [row[0] for row in extra]:
            extra.append((a, some(rng, advanced, 2), some(rng, first_year, 2)))
    giving = []
    for _ in range(reversions):
        donor, receiver = rng.sample(list(places), 2)
        if quota[donor] and donor < receiver:
            giving.append((donor, receiver, rng.randint(1, quota[donor])))
    return Market.from_lists(
        quota=quota,
        app_lists=[some(rng, places, most) if a < singles else [] for a in people],
        prog_lists=[rng.sample(list(people), len(people) if full else rng.randint(0, len(people))) for _ in places],
        couples=joint,
        kind=[2 if p in advanced else 1 for p in places],
        parity=[rng.choice([1, 2]) if rng.random() < parity else 0 for _ in places],
        supplemental=extra,
        reversions=giving,
    )


def town(seed: int) -> Market:
    """120 applicants, 10 couples among them, and 25 programs that rank all who list them: couples often loop here."""
    rng, n, places = Random(seed), 120, range(25)
    couples = []
    for c in range(10):
        own, others = ([*rng.sample(places, 6), -1] for _ in range(2))
        pairs = dict.fromkeys((rng.choice(own), rng.choice(others)) for _ in range(18))
        couples.append((2 * c, 2 * c + 1, [pair for pair in pairs if pair != (-1, -1)]))
    lists = [rng.sample(places, 6) if a >= 20 else [] for a in range(n)]
    listed = [{a for a, row in enumerate(lists) if p in row} for p in places]
    for x, y, pairs in couples:
        for p, q in pairs:
            for a, program in ((x, p), (y, q)):
                if program >= 0:
                    listed[program].add(a)
    return Market.from_lists(
        quota=[rng.randint(1, 9) for _ in places],
        app_lists=lists,
        prog_lists=[rng.sample(sorted(people), len(people)) for people in listed],
        couples=couples,
    )
