"""Entry bans by country and visa, and the hold on filings with USCIS. Facts and rules, no legal advice."""

from collections.abc import Collection
from datetime import date

from matchday.dossier.countries import country_name
from matchday.rules.evaluate import Ask, requirement
from matchday.rules.model import UNKNOWN, Answer, Reading
from matchday.rules.travel import HOW_TO_WRITE, no_visa_needed, visa_held
from matchday.rules.words import day, listed
from matchday.terms import Verdict

VISAS = ("J-1", "H-1B")
# A partial ban names the visas B, F, M and J; a full ban stops every visa. (Proclamations 10949 and 10998.)
HOLD = {
    "frozen": "are frozen",
    "doctors named for release": "are frozen, but doctors are named for release",
    "struck down": "were frozen until the hold was struck down",
}
STOPS = {"full": VISAS, "documents": VISAS, "partial": ("J-1",)}


def ban_on(ask: Ask) -> Reading:
    """The entry ban in force on the asked day; before the first one, the first one with empty lists."""
    later = ask.case.rules.at("BAN-2", ask.on)
    return ask.rule("BAN-2") if later.value["full"] else ask.rule("BAN-1")


def stopped(ban: Reading, country: str) -> tuple[str, ...]:
    """The visas that the ban stops for a citizen or holder of documents of a country."""
    return next((visas for kind, visas in STOPS.items() if country in ban.value.get(kind, ())), ())


def stopped_for(ask: Ask, ban: Reading) -> tuple[str, ...] | None:
    """The visas that the ban stops for this person; None when the file does not settle it.

    The passport used for travel decides for people with two nationalities: one that is not listed takes them out.
    """
    person = ask.dossier.person
    passport = ask.use("person", person, "passport_country")
    citizenships = ask.use("person", person, "citizenships")
    if passport is None and not citizenships:
        ask.missing("person.passport_country" if citizenships is not None else "person.citizenships")
        return None
    papers = {passport} if passport else set(citizenships)
    hit = {country for country in papers if stopped(ban, country)}
    if not hit:
        return ()
    if hit != papers:
        ask.missing("person.passport_country")
        return None
    listed_countries = {*papers, *(citizenships or ())}
    return tuple(visa for visa in VISAS if any(visa in stopped(ban, country) for country in listed_countries))


@requirement("visa.entry", body="US government", title="Entry bans for the visa wanted")
def entry(ask: Ask) -> Answer:
    """Whether a proclamation in force on this day stops entry with the visa wanted."""
    if settled := no_visa_needed(ask):
        return settled
    wanted = ask.need("person", ask.dossier.person, "visa_wanted")
    if wanted == ():
        return Answer(Verdict.NOT_NEEDED, "Your file names no visa that you want.")
    ban = ban_on(ask)
    if not ban.value["full"]:
        return Answer(Verdict.MET, f"Neither entry ban was in force on {day(ask.on)}. {ban.row.note}")
    stops = stopped_for(ask, ban)
    if stops is None:
        return Answer(
            Verdict.UNKNOWN,
            f"{ban.parameter.title} goes by nationality and by the passport used to travel, which your file leaves open.",
            "Enter citizenships and passport_country under [person].",
        )
    if not stops and wanted is None:
        why = f"The {_name(ban)} stops neither {listed(VISAS, 'nor')} with your passport; your file names no visa yet.{_carried(ban)}"
        return Answer(Verdict.MET, why)
    if not set(stops) & set(wanted or VISAS):
        return Answer(Verdict.MET, f"The {_name(ban)} does not stop this visa with your passport.{_carried(ban)}")
    return _in_scope(ask, ban, stops, wanted)


def _in_scope(ask: Ask, ban: Reading, stops: Collection[str], wanted: Collection[str] | None) -> Answer:
    ask.rule("BAN-SCOPE")
    began: date = ban.row.start  # type: ignore[assignment] # read by day
    inside = ask.need("person", ask.dossier.person, "inside_us")
    if inside:
        return Answer(
            Verdict.MET, f"The {_name(ban)} reaches only people outside the United States. Leaving may change that."
        )
    held = visa_held(ask, began)
    if held is Verdict.MET:
        return Answer(
            Verdict.MET,
            f"The {_name(ban)} does not reach people with a visa that was valid on {day(began)}, and your file names one.",
        )
    if inside is None:
        return Answer(
            Verdict.UNKNOWN,
            f"The {_name(ban)} stops {listed(_ordered(stops))} for people outside the United States; your file does not say where you are.",
            "Enter inside_us under [person].",
        )
    if held is Verdict.UNKNOWN:
        return Answer(
            Verdict.UNKNOWN,
            f"The {_name(ban)} stops {listed(_ordered(stops))}, but not for people who had a valid visa on {day(began)}; "
            f"whether you had one is not known.",
            HOW_TO_WRITE,
        )
    return _stopped(ask, ban, stops, wanted)


def _stopped(ask: Ask, ban: Reading, stops: Collection[str], wanted: Collection[str] | None) -> Answer:
    ask.rule("BAN-MD")
    blocked = _ordered(set(stops) & set(wanted or VISAS))
    free = [visa for visa in VISAS if visa in (wanted or VISAS) and visa not in stops]
    why = (
        f"The {_name(ban)} stops new {listed(blocked)} visas with your passport. It does not reach people who had a valid visa "
        f"on {day(ban.row.start)}, and your file names none that was.{_carried(ban)}"  # type: ignore[arg-type] # read by day
    )
    wait = "No exception for doctors as a group was found; a national interest exception is decided case by case."
    if not free:
        return Answer(Verdict.NOT_MET, f"{why} {wait}", "Ask an immigration lawyer and the program before you rank.")
    verdict = Verdict.UNKNOWN if wanted is None else Verdict.AT_RISK
    return Answer(
        verdict, f"{why} {listed(free)} is not stopped. {wait}", f"Look at programs that sponsor {listed(free)}."
    )


def _ordered(visas: Collection[str]) -> list[str]:
    return [visa for visa in VISAS if visa in visas]


def _name(ban: Reading) -> str:
    return ban.parameter.title[0].lower() + ban.parameter.title[1:]


def _carried(ban: Reading) -> str:
    return " No later list was found, so this one is carried forward." if ban.carried_forward else ""


@requirement("visa.hold", body="USCIS", title="Hold on filings with USCIS")
def hold(ask: Ask) -> Answer:
    """Whether filings with USCIS for this person are frozen on this day."""
    if settled := no_visa_needed(ask):
        return settled
    if not_filing := _files_nothing(ask):
        return not_filing
    rule = ask.rule("HOLD-39")
    if rule.known and rule.value["hold"] in ("none", "lifted"):
        return Answer(Verdict.MET, f"No hold stops filings with USCIS on {day(ask.on)}. {rule.row.note}".rstrip())
    citizenships = ask.need("person", ask.dossier.person, "citizenships")
    named = _countries_of_the_hold(ask, rule)
    hit = [country for country in citizenships or () if country in named]
    if citizenships is not None and not hit:
        return Answer(Verdict.MET, "The hold goes by citizenship, and none of yours was on its list.")
    if citizenships is None:
        return Answer(Verdict.UNKNOWN, "The hold goes by citizenship, which your file leaves open.")
    if not rule.known:
        return Answer(Verdict.UNKNOWN, rule.row.note)
    if not _files(ask):
        return Answer(
            Verdict.UNKNOWN, "Whether you will file with USCIS turns on the visa you want and on where you are."
        )
    return _held(rule, hit, [country for country in citizenships if country not in named])


def _files_nothing(ask: Ask) -> Answer | None:
    """A J-1 from abroad is a matter of the consulate; nothing is filed with USCIS."""
    person = ask.dossier.person
    wanted, inside = ask.need("person", person, "visa_wanted"), ask.need("person", person, "inside_us")
    if wanted is not None and "H-1B" not in wanted and inside is False:
        return Answer(Verdict.NOT_NEEDED, "Nothing is filed with USCIS for this visa from outside the United States.")
    return None


def _files(ask: Ask) -> bool:
    """Whether something is surely filed with USCIS: an H-1B petition, or a change of status of someone inside."""
    person = ask.dossier.person
    return "H-1B" in (person.visa_wanted or ()) or bool(person.inside_us)


def _countries_of_the_hold(ask: Ask, rule: Reading) -> Collection[str]:
    """The countries of the hold; while its state is unknown, those of its last known list."""
    if rule.value is not UNKNOWN:
        return rule.value["countries"]  # type: ignore[no-any-return] # a value of the YAML
    known = [row.value["countries"] for row in rule.parameter.values if row.value is not UNKNOWN]
    return known[-1]  # type: ignore[no-any-return] # a value of the YAML


def _held(rule: Reading, hit: list[str], others: list[str]) -> Answer:
    who = f"citizens of {listed([country_name(country) for country in hit])}"
    if rule.value["hold"] == "frozen" and not others:
        return Answer(
            Verdict.NOT_MET,
            f"Filings with USCIS for {who} are frozen, an H-1B petition and a change of status among them. {rule.row.note}",
            "Ask an immigration lawyer; a J-1 from abroad is not filed with USCIS.",
        )
    also = " What holds for people with a second nationality was not found." if others else ""
    return Answer(Verdict.AT_RISK, f"Filings with USCIS for {who} {HOLD[rule.value['hold']]}. {rule.row.note}{also}")
