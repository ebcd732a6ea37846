"""`make translations`: gather every string that the pages say, keep the catalogues in step, compile them with polib.

Strings come from three places: templates (as Django compiles them), calls of gettext in the code of the pages, and the
titles, notes and sentences of other rooms, which are made in English where they belong and translated where they are shown.
GNU gettext is not needed.
"""

import ast
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import polib

import matchday.web

WEB = Path(matchday.web.__file__).parent
LOCALE = WEB / "locale"
LANGUAGES = ("ar", "es")
PLURALS = {
    "es": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
}
CALLS = ("_", "lazy", "gettext", "gettext_lazy")
# What has to be translated whole: the pages named, the frame of every page, the titles.
COMPLETE = ("base.html", "today.html", "today_core.html", "nudge.html", "route.html", "start_box.html", "legend.html", "suppose.html", "told.html", "finding.html",
            "requirements", "plan.html", "plan/", "offline.html", "unreadable.html", "fault.html")  # fmt: skip
COMPLETE_CODE = ("frame.py", "sentence.py", "route.py", "tags.py", "deeds.py", "nudge.py", "plan.py", "plan_acts.py", "today.py",
                 "rows.py", "suppose.py", "faults.py", "told.py", "reasons", "titles")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One string of the pages; `plural` for one that counts."""

    text: str
    plural: str = ""


Places = dict[Said, set[str]]


def gathered() -> Places:
    """Every string, with the places that say it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "matchday.web.settings")
    django.setup(set_prefix=False)
    places: Places = {}
    known = [*(("titles", Said(title)) for title in titles()), *(("reasons", said) for said in _reasons())]
    for place, said in [*_templates(), *_code(), *known]:
        places.setdefault(said, set()).add(place)
    return places


def _templates() -> Iterator[tuple[str, Said]]:
    from django.template import engines
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    for file in sorted((WEB / "templates").rglob("*.html")):
        name = str(file.relative_to(WEB / "templates"))
        nodes = engines["django"].get_template(name).template.nodelist  # type: ignore[attr-defined] # Django's own engine
        for node in nodes.get_nodes_by_type((TranslateNode, BlockTranslateNode)):
            if isinstance(node, TranslateNode):
                yield name, Said(str(node.filter_expression.var.literal))
            else:
                singular = node.render_token_list(node.singular)[0]
                plural = node.render_token_list(node.plural)[0] if node.plural else ""
                yield name, Said(singular, plural)


def _code() -> Iterator[tuple[str, Said]]:
    for file in sorted(WEB.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield file.name, Said(text.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith("ngettext"):
                forms = [str(argument.value) for argument in node.args[:2] if isinstance(argument, ast.Constant)]
                if len(forms) == 2:
                    yield file.name, Said(*forms)


def _reasons() -> Iterator[Said]:
    """Sentences of other rooms; one that counts has the same words for one and for many in English."""
    from matchday.web.reasons import messages

    for message in messages():
        yield Said(message, message if "%(n)s" in message else "")


def titles() -> Iterator[str]:
    """Titles of findings, steps and dates, notes of steps, results, and the names of bodies and holders that are words."""
    from matchday.dossier.contradictions import TITLES as CONTRADICTIONS
    from matchday.plan.person import STEPS
    from matchday.plan.tasks import catalogue, fill
    from matchday.rules.evaluate import Requirement, requirements
    from matchday.rules.seasons import published, season
    from matchday.web.deeds import RESULTS

    for one in requirements():
        if isinstance(one, Requirement):
            yield from (one.title, one.body)
    yield from (*CONTRADICTIONS.values(), *SEVERAL, *RESULTS)
    for task in catalogue().tasks.values():
        filled = [fill(task, *step) for step in STEPS.items()] if "{" in task.title else [task]
        yield from (title for one in filled for title in (one.title, one.booked, one.who, one.note) if title)
    yield from (milestone.title for milestone in catalogue().milestones)
    yield from (event.title for year in published() for event in season(year).events.values())


# Titles of findings whose number depends on the dossier; a test looks for them there.
SEVERAL = ("The list of the couple", "Time to answer invitations", "State medical board")


def catalogue(language: str) -> polib.POFile:
    """The catalogue of a language as it is in the repository."""
    return polib.pofile(str(_po(language)))


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def compiled(language: str) -> bytes:
    """What the compiled catalogue has to hold."""
    return bytes(catalogue(language).to_binary())


def must_be_translated(places: set[str]) -> bool:
    """Whether a string is said where every language has to be complete."""
    return any(place.startswith(COMPLETE) or place in COMPLETE_CODE for place in places)


def brought_up_to_date(language: str) -> polib.POFile:
    """The catalogue with every string of the pages, in order, and none that nobody says."""
    known: dict[tuple[str, str], Any] = {}
    if _po(language).exists():
        known = {(entry.msgid, entry.msgid_plural): entry for entry in catalogue(language)}
    made = polib.POFile(wrapwidth=100)
    made.header = "Unreviewed translation of the pages. Keep it in step with `make translations`."
    made.metadata = {
        "Project-Id-Version": "matchday",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for said, places in sorted(gathered().items(), key=lambda item: (item[0].text.lower(), item[0].text)):
        old = known.get((said.text, said.plural))
        entry = polib.POEntry(msgid=said.text, msgid_plural=said.plural)
        entry.occurrences = [(place, "") for place in sorted(places)]
        if said.plural:
            forms = int(PLURALS[language][9])
            entry.msgstr_plural = dict(old.msgstr_plural) if old else dict.fromkeys(range(forms), "")
        else:
            entry.msgstr = old.msgstr if old else ""
        if "%(" in said.text or "%d" in said.text or "%s" in said.text:
            entry.flags.append("python-format")
        made.append(entry)
    return made


def main() -> int:
    """Bring the catalogues up to date and compile them; say what is still to be translated."""
    for language in LANGUAGES:
        made = brought_up_to_date(language)
        _po(language).parent.mkdir(parents=True, exist_ok=True)
        made.save(str(_po(language)))
        _po(language).with_suffix(".mo").write_bytes(compiled(language))
        missing = made.untranslated_entries()
        print(f"{language}: {len(made)} strings, {len(missing)} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
