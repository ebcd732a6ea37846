"""The steps fitted to one person: what is done falls away, what is booked is fixed, what is begun runs on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches

from matchday.dossier.model import Certification, Dossier, Exam, Pathway
from matchday.plan.tasks import Duration, Task, catalogue, fill, ordered, overridden
from matchday.rules import Report, Rules
from matchday.rules.asof import as_of
from matchday.rules.window import add_months
from matchday.terms import ApplicantType, InputProblem, Verdict

STEPS = {"step1": "Step 1", "step2ck": "Step 2 CK"}
EVIDENCE = {1: "pathway.licence", 2: "pathway.attestation", 3: "pathway.attestation", 4: "pathway.attestation",
            5: "pathway.attestation", 6: "pathway.encounters"}  # fmt: skip
NOT_ECFMG = {"nrmp.register", "apply", "ranklist", "match", "state.licence", "training"}
VISA = {"need.statement", "j1.sponsorship", "h1b.petition", "visa.issued", "entry", "step3.register", "step3.score"}
J1_ONLY = {"need.statement", "j1.sponsorship"}
H1B_ONLY = {"h1b.petition", "step3.register", "step3.score"}


@dataclass(slots=True)
class Fitting:
    """What is known of one person's progress, step by step."""

    dossier: Dossier
    report: Report
    on: date
    season_dates: Mapping[str, date]
    side_by_side: bool
    done: set[str] = field(default_factory=set)
    since: dict[str, date] = field(default_factory=dict)
    fixed: dict[str, date] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    not_before: dict[str, date] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    behind: dict[str, str] = field(default_factory=dict)

    def shut(self, step: str) -> bool:
        """Whether the rules bar a new try for good: no such school, or no attempt left. Papers still to get bar nobody."""
        barring = ("school.listed", "school.years", f"{step}.attempts")
        return any(self.report[name].verdict is Verdict.NOT_MET for name in barring)

    def met(self, finding_id: str) -> bool:
        """Whether a finding is settled."""
        return self.report[finding_id].verdict in (Verdict.MET, Verdict.NOT_NEEDED)


def tasks_for(dossier: Dossier, report: Report, season_dates: Mapping[str, date], known: Rules) -> dict[str, Task]:
    """The steps of this person on the day of the report, each after what it needs.

    season_dates: the dates of the season's events by id, estimated ones included.
    """
    side_by_side = known.at("REG-SEQ", report.on).value == "side by side"
    fitting = Fitting(as_of(dossier, report.on), report, report.on, season_dates, side_by_side)
    _check_durations(dossier)
    for look in (_leave_out, _papers, _exams, _step3, _oet, _pathway, _degree, _licence, _season):
        look(fitting)
    _verified(fitting, known)
    return _assemble(fitting)


def _check_durations(dossier: Dossier) -> None:
    """[durations] may only name steps of the plan."""
    known = {task.id for task in _instances()}
    for name in dossier.durations:
        if name not in known:
            near = get_close_matches(name, known, n=2, cutoff=0.4)
            raise InputProblem(
                f"[durations] names {name!r}, which is no step of the plan", expected="a step of the plan",
                do=f"did you mean {' or '.join(near)}?" if near else "see the ids in `matchday plan --json`",
            )  # fmt: skip


def _assemble(fitting: Fitting) -> dict[str, Task]:
    raw = {task.id: task for task in _instances() if task.id not in fitting.left_out}
    _settle(raw, fitting)
    tasks = {task_id: _dated(_needs(task, raw, fitting), fitting) for task_id, task in raw.items()}
    return {task.id: task for task in ordered(tasks)}


def _instances() -> Iterable[Task]:
    for task in catalogue().tasks.values():
        if "{step}" in task.id:
            yield from (fill(task, step, name) for step, name in STEPS.items())
        else:
            yield task


def _settle(tasks: Mapping[str, Task], fitting: Fitting) -> None:
    """What had to come before something that is done counts as done too, as far as each Step and paper goes.

    An exam of the years when registration ran beside verification says nothing about today's application, so that
    the chain of the application is left to its own dates.
    """
    stop = {"application.approved", "first.registration"}
    front = sorted(task_id for task_id in fitting.done if task_id in tasks)
    while front:
        later = front.pop()
        for need in tasks[later].needs:
            if need in tasks and need not in fitting.done and need not in stop:
                fitting.done.add(need)
                fitting.behind[need] = fitting.behind.get(later, later)
                front.append(need)


def _verified(fitting: Fitting, known: Rules) -> None:
    """Nobody sits a Step without a note of the school; since REG-SEQ asks for it, nor without the approved application."""
    if any(fitting.report[name].verdict is Verdict.NOT_MET for name in ("school.listed", "school.years")):
        return
    sat = [exam for exam in fitting.dossier.exam or () if exam.exam in STEPS and exam.date and exam.date <= fitting.on]
    for exam in sorted(sat, key=_day):
        first = known.at("REG-SEQ", exam.applied or _day(exam)).value == "verification first"
        chain = ("school.note", "account", "application", "credentials", "application.approved")
        for task_id in chain if first else chain[:1]:
            if task_id not in fitting.done:
                fitting.done.add(task_id)
                fitting.behind[task_id] = f"{exam.exam}.exam"


def _needs(task: Task, tasks: Mapping[str, Task], fitting: Fitting) -> Task:
    needs: list[str] = []
    for need in task.needs:
        if need == "application.approved" and fitting.side_by_side:
            need = "account"
        if need == "first.registration":
            needs += _first_registration(fitting)
        elif need in tasks:
            needs.append(need)
    return replace(task, needs=tuple(needs))


def _first_registration(fitting: Fitting) -> list[str]:
    """A Pathway asks that some Step was registered for once."""
    if any(f"{step}.register" in fitting.done for step in STEPS) or "pathway.apply" in fitting.left_out:
        return []
    return ["step1.register"]


def _dated(task: Task, fitting: Fitting) -> Task:
    task = overridden(task, fitting.dossier)
    if task.id in fitting.fixed:
        given = Duration(0, 0, 0, basis="dates", source="the day in your dossier")
        task = replace(task, duration=given, title=task.booked or task.title)
    return replace(
        task,
        done=task.id in fitting.done,
        since=fitting.since.get(task.id),
        fixed=fitting.fixed.get(task.id),
        not_before=fitting.not_before.get(task.id),
        barred=task.id in fitting.barred,
        behind=fitting.behind.get(task.id, ""),
    )


def _leave_out(fitting: Fitting) -> None:
    """Who is not an IMG needs no certification; who needs no visa needs no consulate."""
    person = fitting.dossier.person
    if fitting.report.applicant_type is ApplicantType.NOT_IMG:
        fitting.left_out |= {task.id for task in _instances() if task.id not in NOT_ECFMG and not _exam_task(task.id)}
    home = person.us_status in ("citizen", "permanent_resident") or "US" in (person.citizenships or ())
    wanted = person.visa_wanted
    if home or wanted == ():
        fitting.left_out |= VISA
    elif wanted is None or wanted[0] == "J-1":
        fitting.left_out |= H1B_ONLY
    else:
        fitting.left_out |= J1_ONLY


def _exam_task(task_id: str) -> bool:
    return task_id.split(".")[0] in STEPS


PAPERS: tuple[tuple[str, str, str | None], ...] = (
    ("account", "account_verified", None),
    ("application", "application_submitted", "account_verified"),
    ("credentials", "credentials_verified", "application_submitted"),
    ("application.approved", "application_approved", "credentials_verified"),
    ("diploma", "diploma_verified", None),
    ("certificate", "certificate_issued", None),
)


def _papers(fitting: Fitting) -> None:
    held = fitting.dossier.certification
    if fitting.met("school.listed"):
        fitting.done.add("school.note")
    for task_id, name, before in PAPERS:
        if getattr(held, name) is not None:
            fitting.done.add(task_id)
        elif before and (begun := getattr(held, before)) is not None:
            fitting.since[task_id] = begun
    # The approval says that everything before it is there.
    if held.application_approved:
        fitting.done |= {"account", "application", "credentials"}
    _unsaid(fitting, held)


def _unsaid(fitting: Fitting, held: Certification) -> None:
    """With the certificate in hand every earlier step is done, whatever the dossier leaves out."""
    if held.certificate_issued:
        fitting.done |= {"account", "application", "credentials", "application.approved", "diploma", "degree"}
        fitting.done |= {f"{step}.{part}" for step in STEPS for part in ("register", "permit", "exam", "score")}
        fitting.done |= {"pathway.accepted"}


def _exams(fitting: Fitting) -> None:
    for step in STEPS:
        if fitting.met(f"{step}.passed"):
            fitting.done |= {f"{step}.{part}" for part in ("register", "permit", "exam", "score")}
            continue
        entries = [exam for exam in fitting.dossier.exam or () if exam.exam == step]
        coming = sorted((exam for exam in entries if exam.date and exam.date > fitting.on), key=_day)
        waiting = [exam for exam in entries if exam.date and exam.date <= fitting.on and _no_result(exam)]
        if waiting:
            fitting.done |= {f"{step}.{part}" for part in ("register", "permit", "exam")}
            fitting.since[f"{step}.score"] = max(map(_day, waiting))
        elif coming:
            _booked(fitting, step, coming[0])
        else:
            _registered(fitting, step, entries)


def _step3(fitting: Fitting) -> None:
    """Step 3 has two steps in the plan: the permit, then the exam with its score."""
    if "step3.score" in fitting.left_out:
        return
    if fitting.met("step3.passed"):
        fitting.done |= {"step3.register", "step3.score"}
        return
    for exam in fitting.dossier.exam or ():
        if exam.exam != "step3" or not _no_result(exam):
            continue
        if exam.date:
            fitting.done.add("step3.register")
            fitting.since |= {"step3.score": exam.date} if exam.date <= fitting.on else {}
        elif exam.applied and exam.applied <= fitting.on:
            fitting.since["step3.register"] = exam.applied


def _day(exam: Exam) -> date:
    return exam.date or date.min


def _no_result(exam: Exam) -> bool:
    return exam.result in (None, "pending") and exam.score is None


def _booked(fitting: Fitting, step: str, exam: Exam) -> None:
    """A day in the dossier is kept as it is; with an application sent, register and permit are behind."""
    fitting.fixed[f"{step}.exam"] = _day(exam)
    if exam.applied and exam.applied <= fitting.on:
        fitting.done |= {f"{step}.register", f"{step}.permit"}


def _registered(fitting: Fitting, step: str, entries: Iterable[Exam]) -> None:
    applied = [exam.applied for exam in entries if exam.applied and exam.applied <= fitting.on and exam.date is None]
    if applied:
        fitting.done.add(f"{step}.register")
        fitting.since[f"{step}.permit"] = max(applied)
    finding = fitting.report[f"{step}.may_apply"]
    if finding.opens:
        fitting.not_before[f"{step}.register"] = finding.opens
    elif fitting.shut(step):
        fitting.barred.add(f"{step}.register")


def _oet(fitting: Fitting) -> None:
    if fitting.met("communication_skills") or (fitting.met("oet.scores") and fitting.met("oet.age")):
        fitting.done |= {"oet.exam", "oet.result"}
        return
    entries = [exam for exam in fitting.dossier.exam or () if exam.exam == "oet" and exam.date]
    waiting = [exam for exam in entries if _day(exam) <= fitting.on and exam.listening is None and _no_result(exam)]
    coming = sorted((exam for exam in entries if _day(exam) > fitting.on), key=_day)
    if waiting:
        fitting.done.add("oet.exam")
        fitting.since["oet.result"] = max(map(_day, waiting))
    elif coming:
        fitting.fixed["oet.exam"] = _day(coming[0])


def _pathway(fitting: Fitting) -> None:
    if fitting.met("clinical_skills"):
        ways = {"pathway.apply", "pathway.accepted", *EVIDENCE.values()}
        accepted = [pathway.number or 6 for pathway in fitting.dossier.pathway or () if pathway.accepted]
        # A pass of Step 2 CS leaves no Pathway to go; an accepted one is behind.
        fitting.left_out |= ways - {"pathway.apply", "pathway.accepted", EVIDENCE[accepted[0]]} if accepted else ways
        fitting.done |= ways
        return
    applied = [
        p
        for p in fitting.dossier.pathway or ()
        if p.applied and p.accepted is None and p.season in (None, fitting.report.season)
    ]
    begun = max(applied, key=lambda pathway: pathway.applied or date.min, default=None)
    number = begun.number if begun and begun.number else _open_pathway(fitting)
    fitting.left_out |= set(EVIDENCE.values()) - {EVIDENCE[number]}
    if begun:
        _begun_pathway(fitting, begun, EVIDENCE[number])


def _begun_pathway(fitting: Fitting, pathway: Pathway, evidence: str) -> None:
    fitting.done.add("pathway.apply")
    if pathway.attested:
        fitting.done.add(evidence)
        fitting.since["pathway.accepted"] = pathway.attested
    elif pathway.applied:
        fitting.since[evidence] = pathway.applied


def _open_pathway(fitting: Fitting) -> int:
    """The first Pathway that is open to this person; where none is known to be, the longest way is planned."""
    for verdict in (Verdict.MET, Verdict.AT_RISK):
        for number in EVIDENCE:
            if fitting.report[f"pathway.{number}"].verdict is verdict:
                return number
    return 6


def _degree(fitting: Fitting) -> None:
    schools = fitting.dossier.school or ()
    if any(school.degree_date for school in schools):
        fitting.done.add("degree")
    elif expected := [school.expected_degree_date for school in schools if school.expected_degree_date]:
        fitting.fixed["degree"] = max(max(expected), fitting.on)


def _licence(fitting: Fitting) -> None:
    """A licence or permit of a state that is in force."""
    for licence in fitting.dossier.licence or ():
        begun, over = licence.from_, licence.to
        if licence.country == "US" and begun and begun <= fitting.on and (over is None or over >= fitting.on):
            fitting.done.add("state.licence")


def _season(fitting: Fitting) -> None:
    if any(application.sent for application in fitting.dossier.application or ()):
        fitting.done.add("apply")
    if fitting.dossier.ranklist.certified_at:
        fitting.done |= {"nrmp.register", "ranklist"}
    opens: dict[str, str] = {
        "apply": "eras_submission_opens",
        "nrmp.register": "nrmp_registration_opens",
        "ranklist": "nrmp_ranking_opens",
        "match": "match_day",
        "training": "training_start",
    }
    for task_id, event in opens.items():
        if event in fitting.season_dates:
            fitting.not_before[task_id] = fitting.season_dates[event]
    if closes := fitting.season_dates.get("ecfmg_pathways_application_deadline"):
        # One Pathway season for each Match: before the last one has closed an application belongs to that one.
        fitting.not_before["pathway.apply"] = add_months(closes, -12) + timedelta(days=1)
    # From 30 days before the start.
    fitting.not_before["entry"] = fitting.season_dates["training_start"] - timedelta(days=30)
