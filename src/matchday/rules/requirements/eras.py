"""The application itself: experiences, scholarly work, letters, statements, services and signals within the limits."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from matchday.dossier.model import Application, Experience, Letter, Scholarly
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import Answer
from matchday.rules.seasonal import cite
from matchday.rules.seasons import SeasonFacts, season
from matchday.rules.specialty import specialty
from matchday.rules.verdicts import weakest
from matchday.rules.words import listed
from matchday.terms import Verdict

Part = TypeVar("Part")

PORTAL = date(2026, 6, 1)  # ERAS-LOR-PORTAL: requests that were open on this day are void


def _met(why: str) -> Answer:
    return Answer(Verdict.MET, why)


def _over(why: str, then: str) -> Answer:
    return Answer(Verdict.NOT_MET, why, then)


def _whole(answers: list[Answer], fine: str) -> Answer:
    """The first answer that is not met, or that all is within the limits."""
    return weakest(answers) or _met(fine)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _limit(ask: Ask, rule_id: str) -> int | None:
    """A limit of the season as a number; None when there is none or none is known."""
    value = ask.rule(rule_id).value
    return value if isinstance(value, int) else None


def _entries(ask: Ask, found: tuple[Part, ...] | None, name: str) -> tuple[Part, ...] | None:
    """A list of the dossier, noted by its length, or as missing."""
    if found is None:
        ask.missing(name)
    else:
        ask.facts[f"{name}: {len(found)}"] = None
    return found


@requirement("eras.experiences", body="AAMC", title="Experiences within the limits of the season")
def experiences(ask: Ask) -> Answer:
    """At most ten, at most three most meaningful, each description short enough."""
    entries = _entries(ask, ask.dossier.experience, "experience")
    if entries is None:
        return Answer(Verdict.UNKNOWN, "The dossier does not list experiences.", "List them, or write experience = [].")
    return _whole(
        [*_number(ask, entries), *_meaningful(ask, entries), *_lengths(ask, entries)],
        f"{_count(len(entries), 'experience')}, within the limits of {ask.season}.",
    )


def _number(ask: Ask, entries: tuple[Experience, ...]) -> Iterator[Answer]:
    most = _limit(ask, "ERAS-EXP-MAX")
    if most is not None and len(entries) > most:
        yield _over(f"{len(entries)} experiences; ERAS takes {most}.", f"Leave out or join {len(entries) - most}.")


def _meaningful(ask: Ask, entries: tuple[Experience, ...]) -> Iterator[Answer]:
    most = _limit(ask, "ERAS-MEANINGFUL-MAX")
    marked = sum(bool(ask.use(f"experience[{i}]", entry, "most_meaningful")) for i, entry in enumerate(entries))
    if most is not None and marked > most:
        yield _over(f"{marked} experiences are marked as most meaningful; {most} may be.", f"Unmark {marked - most}.")


def _lengths(ask: Ask, entries: tuple[Experience, ...]) -> Iterator[Answer]:
    reading = ask.rule("ERAS-EXP-CHARS")
    longest = max((len(entry.description or "") for entry in entries), default=0)
    limits = [reading.value] if reading.known else [value for value, _, _ in reading.row.disputed]
    if not limits or longest <= min(limits):
        return
    if longest > max(limits):
        yield _over(f"A description has {longest} characters; {max(limits)} fit.", "Shorten it.")
    else:
        either = listed([str(limit) for limit in sorted(limits)], "or")
        why = f"A description has {longest} characters; sources give {either} as the limit."
        yield Answer(Verdict.AT_RISK, why, f"Keep to {min(limits)}.")


@requirement("eras.scholarly", body="AAMC", title="Scholarly work as the season counts it")
def scholarly(ask: Ask) -> Answer:
    """From 2027 only peer-reviewed outlets and presentations count, and three may be starred."""
    if not ask.rule("ERAS-SCHOLARLY").known:
        return Answer(Verdict.NOT_NEEDED, f"No such limits are known for {ask.season}.")
    works = _entries(ask, ask.dossier.scholarly, "scholarly")
    if works is None:
        return Answer(Verdict.UNKNOWN, "The dossier does not list scholarly work.", "List it, or write scholarly = [].")
    return _whole([*_starred(ask, works), *_counting(ask, works)], f"{_count(len(works), 'work')}, within the limits.")


def _starred(ask: Ask, works: tuple[Scholarly, ...]) -> Iterator[Answer]:
    most = _limit(ask, "ERAS-STARRED-MAX")
    starred = sum(bool(work.starred) for work in works)
    if most is not None and starred > most:
        yield _over(f"{starred} works are starred; {most} may be.", f"Take the star from {starred - most}.")


def _counting(ask: Ask, works: tuple[Scholarly, ...]) -> Iterator[Answer]:
    for i, work in enumerate(works):
        if any(word in (work.kind or "").lower() for word in ("presentation", "poster", "oral")):
            continue
        reviewed = ask.need(f"scholarly[{i}]", work, "peer_reviewed")
        name = work.title or f"scholarly[{i}]"
        if reviewed is None:
            yield Answer(Verdict.UNKNOWN, f"Whether {name!r} went to a peer-reviewed outlet is not known.")
        elif not reviewed:
            yield Answer(
                Verdict.AT_RISK, f"{name!r} went to no peer-reviewed outlet and does not count.", "Leave it out."
            )


@requirement("eras.letters", body="AAMC", title="Letters of recommendation within the rules of the season")
def letters(ask: Ask) -> Answer:
    """At most four go to one program; a request that was open on 1 June 2026 must be made again for season 2027."""
    found = _entries(ask, ask.dossier.letter, "letter")
    assigned = list(_assigned(ask))
    stale = list(_stale(ask, found or ()))
    if found is None and not assigned:
        return Answer(Verdict.UNKNOWN, "The dossier does not list letters.", "List them, or write letter = [].")
    return _whole([*assigned, *stale], "No program has more letters than it takes, and no request is void.")


def _assigned(ask: Ask) -> Iterator[Answer]:
    most = _limit(ask, "ERAS-LOR-MAX")
    for i, entry in enumerate(ask.dossier.application or ()):
        count = len(ask.use(f"application[{i}]", entry, "letters") or ())
        if most is not None and count > most:
            yield _over(f"{count} letters are assigned to {_program(entry, i)}; {most} may be.", "Choose the best.")


def _stale(ask: Ask, found: tuple[Letter, ...]) -> Iterator[Answer]:
    if not ask.rule("ERAS-LOR-PORTAL").known or ask.on < PORTAL:
        return
    for i, letter in enumerate(found):
        asked = ask.use(f"letter[{i}]", letter, "asked")
        if letter.status in ("asked", "promised") and asked and asked < PORTAL:
            yield Answer(
                Verdict.AT_RISK,
                f"The request to {letter.writer or f'letter[{i}]'} was open on 1 June 2026 and is void.",
                "Ask again through the AAMC Letter Writer Portal.",
            )


@requirement("eras.statement", body="AAMC", title="Personal statement within the limit")
def statement(ask: Ask) -> Answer:
    """A statement may be written and has at most 28,000 characters."""
    found = _entries(ask, ask.dossier.statement, "statement")
    reading = ask.rule("ERAS-PS-CHARS")
    if not reading.known:
        return Answer(Verdict.UNKNOWN, f"The limit of season {ask.season} is not known.")
    if not found:
        nothing = "The dossier does not say whether a statement is written." if found is None else "No statement yet."
        return Answer(Verdict.UNKNOWN if found is None else Verdict.NOT_MET, nothing, "Write one and assign it.")
    answers = []
    for i, entry in enumerate(found):
        name = entry.label or f"statement[{i}]"
        if entry.text is None:
            ask.missing(f"statement[{i}].text")
            answers.append(Answer(Verdict.UNKNOWN, f"The text of {name!r} is not in the dossier."))
        elif len(entry.text) > reading.value:
            answers.append(_over(f"{name!r} has {len(entry.text):,} characters; {reading.value:,} fit.", "Shorten it."))
    return _whole(answers, f"{_count(len(found), 'statement')}, within {reading.value:,} characters.")


@requirement("eras.service", body="AAMC", title="Each application through the service that takes the specialty")
def service(ask: Ask) -> Answer:
    """The service named in the dossier is the one that the specialty uses in the season."""
    entries = _applications(ask)
    if not isinstance(entries, tuple):
        return entries
    facts = season(ask.season)
    answers = [answer for i, entry in enumerate(entries) for answer in _through(ask, facts, i, entry)]
    return _whole(answers, "Every application goes through a service that takes it.")


def _applications(ask: Ask) -> tuple[Application, ...] | Answer:
    entries = _entries(ask, ask.dossier.application, "application")
    if entries is None:
        return Answer(
            Verdict.UNKNOWN, "The dossier does not list applications.", "List them, or write application = []."
        )
    return entries or Answer(Verdict.NOT_NEEDED, "No application is listed.")


def _through(ask: Ask, facts: SeasonFacts, i: int, entry: Application) -> Iterator[Answer]:
    name = _specialty(ask, i, entry)
    if name is None:
        yield Answer(Verdict.UNKNOWN, f"The specialty of {_program(entry, i)} is not known.")
        return
    use = facts.service_of(name)
    wanted = ask.use(f"application[{i}]", entry, "service")
    cite(ask, f"SERVICE-{name}", f"Where {name} takes applications", "AAMC", use.service, use)
    if use.service is None:
        yield Answer(
            Verdict.UNKNOWN, f"Where {name} takes applications in {facts.year} is not known.", "Ask the program."
        )
    elif wanted not in (None, use.service, *use.also):
        yield _over(
            f"{name} does not take applications through {wanted} in {facts.year}.", f"Apply through {use.service}."
        )


@requirement("eras.signals", body="AAMC", title="Signals within the number of each specialty")
def signals(ask: Ask) -> Answer:
    """Gold and silver counted apart; several tracks of one program in a specialty share one signal."""
    entries = _applications(ask)
    if not isinstance(entries, tuple):
        return entries
    ask.rule("SIGNAL-TIERS")
    ask.rule("SIGNAL-TARGET")
    sent: dict[str, dict[str, set[str]]] = {}
    answers: list[Answer] = []
    for i, entry in enumerate(entries):
        kind = ask.need(f"application[{i}]", entry, "signal")
        if kind in (None, "none"):
            continue
        name = _specialty(ask, i, entry)
        if name is None:
            answers.append(Answer(Verdict.UNKNOWN, f"The specialty of {_program(entry, i)} is not known."))
        else:
            sent.setdefault(name, {}).setdefault(kind, set()).add(entry.program or f"application[{i}]")
    answers += [answer for name, kinds in sent.items() for answer in _within(ask, name, kinds)]
    if unsaid := sum(entry.signal is None for entry in entries):
        why = f"{_count(unsaid, 'application')} without a word on signals."
        answers.append(Answer(Verdict.UNKNOWN, why, 'Write signal = "none" where none is sent.'))
    if not sent and not answers:
        return Answer(Verdict.NOT_NEEDED, "No application carries a signal; signals are of free choice.")
    return _whole(answers, f"{listed(list(sent))}: signals within the number of {ask.season}.")


def _within(ask: Ask, name: str, kinds: dict[str, set[str]]) -> Iterator[Answer]:
    allowance = season(ask.season).signals.get(name)
    if allowance is not None:
        cite(ask, f"SIGNALS-{name}", f"Signals in {name}", "AAMC", allowance.kinds, allowance)
    if allowance is None or allowance.kinds is None:
        said = f" Sources disagree: {listed(allowance.disputed, 'or')}." if allowance and allowance.disputed else ""
        yield Answer(Verdict.UNKNOWN, f"How many signals {name} gives in {ask.season} is not known.{said}")
        return
    for kind, programs in sorted(kinds.items()):
        most = allowance.kinds.get(kind)
        if most is None:
            yield _over(f"{name} has no {kind} signals in {ask.season}.", f"It has {_told(allowance.kinds)}.")
        elif len(programs) > most:
            yield _over(
                f"{len(programs)} {kind} signals in {name}; there are {most}.", f"Take back {len(programs) - most}."
            )


def _told(kinds: dict[str, int]) -> str:
    return listed([f"{count} {'of one kind' if kind == 'single' else kind}" for kind, count in kinds.items()])


def _specialty(ask: Ask, i: int, entry: Application) -> str | None:
    text = ask.need(f"application[{i}]", entry, "specialty")
    return specialty(text) if text else None


def _program(entry: Application, i: int) -> str:
    return entry.program or f"application[{i}]"
