"""The words of the forms: parts in the order they are asked, what each field is called, why it is asked.

Which fields there are, and what each accepts, is read from the dossier itself; a test fails when a word is missing here.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the dossier: its title, why it is asked, what one entry is called, what "none" says."""

    title: Any
    why: Any
    one: Any = ""
    none: Any = ""


PARTS: dict[str, Part] = {
    "season": Part(_("Match"), _("The season decides which rules, dates and prices count.")),
    "person": Part(_("You"), _("Citizenship and visa decide which rules count for you. Nothing here leaves this machine.")),
    "school": Part(_("Medical schools"), _("Your school and your year decide whether ECFMG can certify you."),
                   _("school"), _("I attended none")),
    "exam": Part(_("Exams"), _("Every attempt counts, failed ones too. A day to come is a plan. This list is taken as "
                               "complete: an exam that is not on it was never taken."), _("exam"), _("I have taken none")),
    "certification": Part(_("ECFMG certification"), _("The day of each step shows what comes next and who holds it.")),
    "pathway": Part(_("Pathways"), _("An accepted Pathway settles the clinical skills."), _("Pathway"), _("I applied for none")),
    "licence": Part(_("Licences to practise"), _("A licence can open Pathway 1; states ask about discipline."),
                    _("licence"), _("I never held one")),
    "experience": Part(_("Experiences"), _("As they would stand in an application: the season limits how many."),
                       _("experience"), _("I have none")),
    "letter": Part(_("Letters of recommendation"), _("Who was asked, who has sent it."), _("letter"), _("I have none")),
    "scholarly": Part(_("Scholarly work"), _("Articles, posters, talks, as the season counts them."), _("work"), _("I have none")),
    "statement": Part(_("Personal statements"), _("Their length is checked against the limit of the season."),
                      _("statement"), _("I have none")),
    "preferences": Part(_("What you want"), _("Specialties, states and budget decide what is searched and what it costs.")),
    "application": Part(_("Applications"), _("Your list of programs: it gives the price and the signals used."),
                        _("application"), _("I have none")),
    "interview": Part(_("Interviews"), _("For both clocks, conflicts and answers due."), _("interview"), _("I have none")),
    "ranklist": Part(_("Rank order list"), _("Your list for the Match; it stays here.")),
    "couple": Part(_("Couple"), _("Only when you match together with a partner.")),
    "durations": Part(_("How long things take you"), _("Your own days replace an assumption of the plan.")),
}  # fmt: skip

_name, _country, _specialty, _status, _notes = _("Name"), _("Country"), _("Specialty"), _("Status"), _("Notes")
_world = _("as the World Directory shows it")

# part.field: its name; or its name and why it is asked or how to find it.
FIELDS: dict[str, Any] = {
    "season": (_("Which Match do you aim at?"), _("named for the year when training starts, such as 2027")),
    "durations": (_("Days for a step of the plan"), _("one in each line: the step's name, a colon, then shortest, usual and longest days")),
    "person.name": (_name, _("shown at the top of the pages; any name will do")),
    "person.born": (_("Day of birth"), _("only to find slips in other dates")),
    "person.citizenships": (_("Citizenships"), _("all of them: they decide US IMG or not, and which entry rules count")),
    "person.us_status": (_("Status in the USA"), _("decides whether a visa is needed")),
    "person.last_permanent_residence": (_("Last country of permanent residence"), _("its ministry signs the Statement of Need for a J-1")),
    "person.visa_wanted": (_("Visa wanted"), _("J-1 and H-1B ask for different things")),
    "person.inside_us": (_("Now inside the USA?"), _("some entry rules count only for people outside")),
    "person.valid_visa": (_("Visa that you hold now"), _('such as "B-1/B-2 until 2029"; write "none" for none')),
    "person.time_zone": (_("Time zone"), _("the nearest large city, such as Africa/Lagos: deadlines are shown on your clock")),
    "person.languages": _("Languages"),
    "person.passport_country": (_("Country of the passport you travel with"), _("entry bans look at the passport that is used")),
    "person.passport_expires": _("Passport is good until"),
    "school.name": (_name, _("as in the World Directory of Medical Schools")),
    "school.country": (_country, _("decides whether the degree makes you an IMG")),
    "school.enrolled": _("Studies began"),
    "school.degree": _("Degree"),
    "school.degree_date": (_("Degree given on"), _("the day on the diploma; students leave it empty")),
    "school.expected_degree_date": (_("Degree expected on"), _("for students")),
    "school.completion_letter": (_("Letter that all requirements are complete"), _("the day of the letter, or yes or no")),
    "school.sponsor_note": (_("ECFMG note in the World Directory?"), _("look your school up at wdoms.org, tab Sponsor Notes")),
    "school.sponsor_note_from": (_("First graduation year in the note"), _world),
    "school.sponsor_note_to": (_("Last graduation year in the note"), _('a year, or "current"')),
    "school.sponsor_note_years": (_("Years of the note, when there are holes"), _("one span in each line, such as 1994-2003")),
    "school.credit_years": (_("Years of study credited by this school"), _("at least four are needed")),
    "school.transfer_credits": _("Credits taken over from another school"),
    "school.transfer_documented": _("Are those credits documented?"),
    "school.accreditor": (_("Accrediting agency"), _("can open Pathway 3")),
    "school.wfme_recognised": (_("Agency recognised by WFME?"), _("can open Pathway 3")),
    "school.ncfmea_comparable": (_("Country judged comparable by NCFMEA?"), _("can open Pathway 4")),
    "school.us_loan_program": (_("School in the US federal loan program?"), _("can open Pathway 4")),
    "school.joint_us_degree": (_("Degree given jointly with a US school?"), _("can open Pathway 5")),
    "school.regulator_osce": (_("Practical exam (OSCE) of the regulator for licensing?"), _("can open Pathway 2")),
    "school.closed": _("Has the school closed?"),
    "school.canadian_lcme": _("Canadian school with LCME accreditation?"),
    "school.evidence": (_("What you looked up"), _("keep a copy: entries change")),
    "school.checked_on": _("Looked up on"),
    "exam.exam": _("Exam"),
    "exam.date": (_("Day of the exam"), _("decides which standard and which limits count; a day to come is a plan")),
    "exam.applied": (_("Applied on"), _("decides which rules of registration count")),
    "exam.result": _("Result"),
    "exam.score": (_("Score"), _("three digits; Step 1 has had none since January 2022")),
    "exam.listening": _("OET Listening"),
    "exam.reading": _("OET Reading"),
    "exam.writing": _("OET Writing"),
    "exam.speaking": _("OET Speaking"),
    "exam.one_sitting": (_("All parts in one sitting?"), _("ECFMG counts one sitting only")),
    "exam.reported_on": _("Result came on"),
    "licence.country": _country,
    "licence.state": _("State or province"),
    "licence.kind": (_("Kind"), _("only practice without supervision can open Pathway 1")),
    "licence.from": _("From"),
    "licence.to": (_("To"), _("empty while it runs")),
    "licence.discipline": _("Any disciplinary action?"),
    "certification.account_verified": (_("MyIntealth account verified"), _("the first step of all")),
    "certification.application_submitted": _("Application for certification sent"),
    "certification.application_approved": _("Application for certification approved"),
    "certification.fsmb_account": (_("Account with FSMB"), _("where exams are now registered")),
    "certification.credentials_verified": _("Credentials verified by the school"),
    "certification.diploma_verified": _("Final diploma verified by the school"),
    "certification.certificate_issued": _("Certificate issued"),
    "certification.certificate_expires": _("Certificate good until"),
    "certification.permanent": _("Is the certificate permanent?"),
    "certification.gme_months": _("Months of accredited training done in the USA"),
    "pathway.number": (_("Pathway number"), _("1 to 6")),
    "pathway.season": (_("Season"), _("the year when training starts")),
    "pathway.applied": _("Applied on"),
    "pathway.attested": _("Attested by the school or regulator on"),
    "pathway.accepted": _("Accepted on"),
    "pathway.expires": _("Good until"),
    "pathway.encounters": (_("Patient encounters recorded"), _("Pathway 6")),
    "pathway.evaluators": (_("Licensed evaluators"), _("Pathway 6")),
    "experience.title": _("Title"),
    "experience.organization": _("Organization"),
    "experience.kind": (_("Kind"), _("work, research, volunteering, observership ...")),
    "experience.us": _("In the USA?"),
    "experience.hands_on": (_("Hands-on with patients?"), _("observing is not hands-on")),
    "experience.start": _("Began"),
    "experience.end": (_("Ended"), _("empty while it runs")),
    "experience.hours_per_week": _("Hours in a week"),
    "experience.most_meaningful": (_("One of the most meaningful?"), _("the season limits how many")),
    "experience.description": _("Description"),
    "letter.writer": _("Who writes it"),
    "letter.role": _("Their role"),
    "letter.us": _("From the USA?"),
    "letter.specialty": _specialty,
    "letter.status": _status,
    "letter.asked": _("Asked on"),
    "letter.uploaded": _("Uploaded on"),
    "letter.waived": _("Right to read it waived?"),
    "scholarly.kind": (_("Kind"), _("article, abstract, poster, chapter, talk ...")),
    "scholarly.title": _("Title"),
    "scholarly.peer_reviewed": _("Peer-reviewed?"),
    "scholarly.status": (_status, _("submitted, accepted, published, presented ...")),
    "scholarly.first_author": _("First author?"),
    "scholarly.starred": (_("Starred?"), _("the season limits how many")),
    "scholarly.date": _("Day"),
    "statement.label": (_("Your name for it"), _("applications name it")),
    "statement.specialty": _specialty,
    "statement.text": _("Text"),
    "statement.file": (_("Or the name of a file"), _("beside your dossier")),
    "preferences.specialties": (_("Specialties"), _("decide the application service and the price")),
    "preferences.states": (_("States"), _("two letters each, such as NY; their licence rules are checked")),
    "preferences.budget_usd": (_("Budget in US dollars"), _("for applications and fees")),
    "preferences.max_applications": _("At most this many applications"),
    "preferences.home_currency": (_("Your currency"), _("three letters, such as NGN")),
    "preferences.tiers": (_("Your tiers"), _("one in each line: the tier, a colon, then the program codes")),
    "application.program": (_("Program code"), _("NRMP or ACGME code")),
    "application.track": _("Track"),
    "application.specialty": _specialty,
    "application.service": _("Application service"),
    "application.status": _status,
    "application.signal": (_("Signal"), _("each specialty has its own number of them")),
    "application.letters": (_("Letters sent with it"), _("one writer in each line")),
    "application.statement": _("Statement sent with it"),
    "application.sent": _("Sent on"),
    "application.notes": _notes,
    "interview.program": _("Program code"),
    "interview.start": (_("Day and time"), _("on the program's clock")),
    "interview.minutes": _("Minutes"),
    "interview.zone": (_("Time zone of the program"), _("such as America/New_York")),
    "interview.format": (_("Format"), _("video, in person ...")),
    "interview.status": _status,
    "interview.invited": _("Invited on"),
    "interview.respond_by": (_("Answer due by"), _("a day, or a day with its time")),
    "interview.link": _("Link or place"),
    "interview.notes": _notes,
    "interview.scores": (_("Your ratings"), _("one in each line: what, a colon, a number")),
    "ranklist.primary": (_("Program codes in your true order"), _("one in each line, the first choice on top")),
    "ranklist.supplemental": (_("Supplemental lists"), _("one in each line: the advanced code, a colon, then the codes")),
    "ranklist.certified_at": (_("Certified on"), _("a list that is not certified does not count")),
    "couple.partner": _("Partner"),
    "couple.pairs": (_("Pairs in your joint order"), _('one in each line: your code, a comma, the partner\'s code or "none"')),
}  # fmt: skip

# The words of fixed choices, where the file's own word is not plain English.
CHOICES: dict[str, Any] = {
    "yes": _("yes"), "no": _("no"), "step1": "Step 1", "step2ck": "Step 2 CK", "step2cs": "Step 2 CS", "step3": "Step 3",
    "oet": "OET Medicine", "pass": _("passed"), "fail": _("failed"), "incomplete": _("not finished"), "pending": _("result to come"),
    "citizen": _("US citizen"), "permanent_resident": _("permanent resident"), "other": _("other status"), "none": _("none"),
    "unsupervised": _("to practise without supervision"), "provisional_unsupervised": _("provisional, without supervision"),
    "training": _("for training, under supervision"), "asked": _("asked"), "promised": _("promised"), "uploaded": _("uploaded"),
    "assigned": _("assigned"), "listed": _("on my list"), "submitted": _("sent"), "rejected": _("rejected"), "invited": _("invited"),
    "withdrawn": _("withdrawn"), "scheduled": _("date fixed"), "current": _("current"), "done": _("held"), "declined": _("declined"), "cancelled": _("cancelled"),
    "gold": _("gold"), "silver": _("silver"), "single": _("one kind"), "CentralApp": "Central App", "Other": _("other service"),
}  # fmt: skip

# Fields that want room for more than a line.
LONG = ("experience.description", "statement.text", "application.notes", "interview.notes", "school.evidence")


def label(field: str) -> str:
    """What a field is called."""
    words = FIELDS[field]
    return str(words[0] if isinstance(words, tuple) else words)


def why(field: str) -> str:
    """Why it is asked, or how to find it; "" when its name says it all."""
    words = FIELDS[field]
    return str(words[1]) if isinstance(words, tuple) else ""


def choice(value: object) -> str:
    """A fixed choice in words."""
    return str(CHOICES.get(str(value), value))
