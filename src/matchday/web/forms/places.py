"""Countries and time zones by the names that people use, in each language of the pages; accents and capitals do not count.

The names in Spanish and Arabic are those of the Unicode Common Locale Data Repository; the zones of a country stand in
the list that comes with the time zones.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib import resources

from django.utils.translation import get_language

from matchday.dossier.countries import COUNTRIES
from matchday.dossier.kinds import time_zones

LANGUAGES = ("es", "ar")


def squeezed(text: str) -> str:
    """A name without accents, capitals, blanks and marks, so that its spellings become one; the Arabic article goes too."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in plain if not unicodedata.combining(one)).translate(str.maketrans("ىةـ", "يه ", ""))
    return "".join(re.sub(r"^ال(?=\w{2})", "", word) for word in re.findall(r"[^\W_]+", plain))


@cache
def named(table: str) -> Mapping[str, tuple[str, ...]]:
    """The names of each country, zone or specialty beside the English one; in Spanish and Arabic, "" where that serves."""
    lines = (resources.files("matchday.web") / "names" / f"{table}.tsv").read_text("utf-8").splitlines()
    return {row[0]: tuple(row[1:]) for row in (line.split("\t") for line in lines if not line.startswith("#"))}


def own(table: str, key: str, english: str) -> str:
    """A name in the language of the page."""
    language = (get_language() or "en").partition("-")[0]
    names = named(table).get(key)
    return (names[LANGUAGES.index(language)] if names and language in LANGUAGES else "") or english


def country_name(code: str) -> str:
    """The name of a country in the language of the page."""
    return own("countries", code, COUNTRIES[code])


@cache
def _countries() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for code, english in COUNTRIES.items():
        for name in (english, *named("countries")[code], *named("also").get(code, ())):
            names.setdefault(squeezed(name), code)
    return {name: code for name, code in names.items() if name}


def country(text: str) -> str | None:
    """The code of a country from its code or any of its names, "Peru (PE)" too; None when it has no such name."""
    code = re.search(r"(?:^|\()([A-Za-z]{2})\)?$", text.strip())
    if code and code[1].upper() in COUNTRIES:
        return code[1].upper()
    return _countries().get(squeezed(text))


def near_country(text: str) -> str:
    """The code of the country whose name is nearest, also for "Peruvian"; "" when none is near."""
    near = get_close_matches(squeezed(text)[:60], _countries(), n=1, cutoff=0.7)
    return _countries()[near[0]] if near else ""


@cache
def _zones_of() -> Mapping[str, tuple[str, ...]]:
    """The zones of each country."""
    listed = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    for line in listed.splitlines():
        if not line.startswith("#"):
            code, _place, zone = line.split("\t")[:3]
            found[code].append(zone.strip())
    return {code: tuple(zones) for code, zones in found.items()}


@cache
def _cities() -> Mapping[str, frozenset[str]]:
    """The zones that go by a name: the whole one, its city in each language."""
    found: dict[str, set[str]] = defaultdict(set)
    cities = named("zones")
    listed = {zone for zones in _zones_of().values() for zone in zones}
    for zone in sorted(time_zones(), key=lambda zone: zone not in listed):
        city = squeezed(zone.rpartition("/")[2])
        if zone in listed or city not in found:
            found[city].add(zone)
        for name in cities.get(zone, ()):
            found[squeezed(name)].add(zone)
    for zone, also in named("also").items():
        found |= {squeezed(name): {zone} for name in also if zone in listed}
    return {name: frozenset(zones) for name, zones in found.items() if name}


def zones(text: str) -> tuple[str, ...]:
    """The time zones that a text can mean: a zone, a city or a country; none when it is no name of these."""
    exact = [zone for zone in time_zones() if zone.casefold() == text.strip().replace(" ", "_").casefold()]
    if exact:
        return (exact[0],)
    code = _countries().get(squeezed(text))
    cities = _cities().get(squeezed(text), frozenset())
    return tuple(sorted(cities)) if cities else _zones_of().get(code or "", ())


def near_zone(text: str) -> str:
    """The zone whose city is nearest; "" when none is near."""
    near = get_close_matches(squeezed(text)[:60], _cities(), n=1, cutoff=0.75)
    return min(_cities()[near[0]]) if near else ""


def country_names() -> list[str]:
    """The countries as the form writes them, in the language of the page, for the browser to suggest."""
    return sorted(f"{country_name(code)} ({code})" for code in COUNTRIES)


def zone_names() -> list[tuple[str, str]]:
    """Each time zone that a country has, with its city and country in the language of the page."""
    every = ((zone, code) for code, several in _zones_of().items() if code in COUNTRIES for zone in several)
    return sorted((zone, f"{zone_city(zone)}, {country_name(code)}") for zone, code in every)


def zone_city(zone: str) -> str:
    """The city of a zone in the language of the page."""
    return own("zones", zone, zone.rpartition("/")[2].replace("_", " "))
