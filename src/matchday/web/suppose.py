"""What if? A fact that is not saved: the answers are made as if it were so, the file stays as it is."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchday.dossier import edit
from matchday.dossier.model import Dossier
from matchday.terms import InputProblem

# What can be supposed, in the words before the day.
WORDS: dict[str, Any] = {
    "step1": _("I pass Step 1 on"),
    "step2ck": _("I pass Step 2 CK on"),
    "step3": _("I pass Step 3 on"),
    "pathway": _("my Pathway is accepted on"),
    "certificate": _("my certificate is issued on"),
}


@dataclass(frozen=True, slots=True)
class Supposition:
    """Something supposed to happen on a day."""

    what: str
    day: dt.date

    @property
    def words(self) -> str:
        """The supposition up to its day: "I pass Step 2 CK on"."""
        return str(WORDS[self.what])

    def applied(self, dossier: Dossier) -> Dossier:
        """The dossier as it would be; InputProblem when there is nothing that it could happen to."""
        if self.what == "certificate":
            return edit.set_certification(dossier, certificate_issued=self.day)
        if self.what == "pathway":
            if not dossier.pathway:
                raise InputProblem(
                    "the file names no Pathway yet", expected="an application under one", do="add it in My facts first"
                )
            return edit.change(dossier, "pathway", len(dossier.pathway) - 1, accepted=self.day)
        planned = edit.plan_exam(dossier, exam=self.what, date=self.day)
        return edit.record_exam(planned, exam=self.what, date=self.day, result="pass")
