"""Small markets by brute force: every feasible matching, and stability read straight from the specification.

Slow on purpose and apart from the program: sets and dictionaries of numbers, no ranks kept, nothing shared with the
engines or the judge. Quotas are those the caller names, for reversions and parity are decided outside.
"""

from itertools import product

from matchday.match import Market

NONE = -1


class Small:
    """A market taken apart into dictionaries."""

    def __init__(self, market: Market, quota=None):
        rows = lambda ptr, pref: [pref[ptr[i] : ptr[i + 1]].tolist() for i in range(len(ptr) - 1)]  # noqa: E731 -- one line says it
        self.lists = rows(market.app_ptr, market.app_pref)
        self.programs = rows(market.prog_ptr, market.prog_pref)
        self.quota = list(quota if quota is not None else market.quota.tolist())
        joint = zip(rows(market.cpl_ptr, market.cpl_p1), rows(market.cpl_ptr, market.cpl_p2), strict=True)
        members = zip(market.cpl_a.tolist(), market.cpl_b.tolist(), strict=True)
        self.couples = [(pair, list(zip(*lists, strict=True))) for pair, lists in zip(members, joint, strict=True)]
        holders = zip(market.supp_of.tolist(), market.supp_at.tolist(), strict=True)
        self.supplemental = dict(zip(holders, rows(market.supp_ptr, market.supp_pref), strict=True))
        self.in_couple = {a for pair, _ in self.couples for a in pair}
        self.singles = [a for a in range(len(self.lists)) if a not in self.in_couple]

    def choice(self, program, people):
        """Ch_p(S): the best q of those that the program ranks."""
        return set([a for a in self.programs[program] if a in people][: self.quota[program]])

    def seconds(self, applicant, program):
        """Every first-year position that goes with a program, no position included."""
        return [*self.supplemental.get((applicant, program), ()), NONE]

    def outcomes(self):
        """For each unit all (members, programs, first-year programs) that its lists allow."""
        units = [((a,), [(p,) for p in self.lists[a]] + [(NONE,)]) for a in self.singles]
        units += [(pair, [*lines, (NONE, NONE)]) for pair, lines in self.couples]
        for people, lines in units:
            yield [
                (people, line, seconds)
                for line in dict.fromkeys(lines)
                if all(p == NONE or a in self.programs[p] for a, p in zip(people, line, strict=True))
                for seconds in product(*(self.seconds(a, p) for a, p in zip(people, line, strict=True)))
                if all(r == NONE or a in self.programs[r] for a, r in zip(people, seconds, strict=True))
            ]

    def feasible(self):
        """All feasible matchings as (primary, second) dictionaries."""
        for picks in product(*self.outcomes()):
            primary = {a: p for people, line, _ in picks for a, p in zip(people, line, strict=True)}
            second = {a: r for people, _, more in picks for a, r in zip(people, more, strict=True)}
            held = self.held(primary, second)
            if all(len(people) <= self.quota[p] for p, people in held.items()):
                yield primary, second

    def held(self, primary, second):
        """M(p) for every program."""
        held = {p: set() for p in range(len(self.programs))}
        for match in (primary, second):
            for a, p in match.items():
                if p != NONE:
                    held[p].add(a)
        return held

    def stable(self, primary, second, definition="rp"):
        """Whether nothing blocks, by the five parts of the definition."""
        held = self.held(primary, second)

        def chosen(a, p):
            return a in self.programs[p] and a in self.choice(p, held[p] | {a})

        for a in self.singles:
            for p in self.lists[a]:
                if p == primary[a]:
                    break
                if chosen(a, p):
                    return False
        for (x, y), lines in self.couples:
            for p, q in lines:
                if (p, q) == (primary[x], primary[y]):
                    break
                if self.pair_blocks(held, x, y, p, q, chosen, definition):
                    return False
        for (a, at), wanted in self.supplemental.items():
            if primary[a] == at:
                for r in wanted:
                    if r == second[a]:
                        break
                    if chosen(a, r):
                        return False
        return True

    def pair_blocks(self, held, x, y, p, q, chosen, definition):
        """Whether the programs of a joint line would take both partners."""
        if p != q:
            return (p == NONE or chosen(x, p)) and (q == NONE or chosen(y, q))
        if p == NONE:
            return True
        if not {x, y} <= set(self.programs[p]):
            return False
        if definition == "rp":
            return {x, y} <= self.choice(p, held[p] | {x, y})
        rank = self.programs[p].index
        new = [a for a in (x, y) if a not in held[p]]
        free = self.quota[p] - len(held[p])
        others = held[p] - {x, y}
        if len(new) <= free:
            return True
        if len(new) == 1 or free == 1:
            return any(rank(a) < rank(s) for a in new for s in others)
        return any(rank(x) < rank(s) and rank(y) < rank(t) for s in others for t in others - {s})

    def all_stable(self, definition="rp"):
        """Every stable matching, as (primary, second) tuples in applicant order."""
        people = range(len(self.lists))
        return {
            (tuple(primary[a] for a in people), tuple(second[a] for a in people))
            for primary, second in self.feasible()
            if self.stable(primary, second, definition)
        }
