"""Every address, one line each."""

from django.urls import path

from matchday.web.views import (
    acts,
    calendar,
    changed,
    facts,
    facts_save,
    faults,
    guide,
    match,
    money,
    offline,
    plan,
    plan_acts,
    requirements,
    sources,
    take,
    today,
)
from matchday.web.views import help as help_pages

urlpatterns = [
    path("", today.today, name="today"),
    path("requirements", requirements.requirements, name="requirements"),
    path("guide", guide.guide, name="guide"),
    path("plan", plan.plan, name="plan"),
    path("plan/done", plan_acts.step_done, name="step_done"),
    path("plan/days", plan_acts.step_days, name="step_days"),
    path("plan/aim", plan_acts.aim, name="aim"),
    path("plan.ics", calendar.plan_ics, name="plan_ics"),
    path("calendar", calendar.calendar, name="calendar"),
    path("calendar.ics", calendar.calendar_ics, name="calendar_ics"),
    path("money", money.money, name="money"),
    path("money/rate", money.set_rate, name="set_rate"),
    path("sources", sources.sources, name="sources"),
    path("sources/<str:name>", sources.rule, name="rule"),
    path("take", take.take, name="take"),
    path("take/print", take.printed, name="printed"),
    path("take/<str:name>", take.item, name="take_item"),
    path("offline", offline.offline, name="offline"),
    path("offline/keep", offline.keep, name="keep_pages"),
    path("offline/forget", offline.forget, name="forget_pages"),
    path("help/", help_pages.contents, name="help"),
    path("help/<path:place>", help_pages.page, name="help_page"),
    path("match", match.match, name="match"),
    path("match/<slug:key>", match.trial, name="trial"),
    path("match/<slug:key>/honesty", match.honesty, name="honesty"),
    path("facts", facts.facts, name="facts"),
    path("facts/<slug:part>", facts.facts_part, name="facts_part"),
    path("facts/<slug:part>/new", facts.facts_row, name="facts_new"),
    path("facts/<slug:part>/none", facts_save.facts_none, name="facts_none"),
    path("facts/<slug:part>/unknown", facts_save.facts_unknown, name="facts_unknown"),
    path("facts/<slug:part>/<int:at>", facts.facts_row, name="facts_row"),
    path("facts/<slug:part>/<int:at>/remove", facts_save.facts_remove, name="facts_remove"),
    path("changed", changed.changed, name="changed"),
    path("changed/put-back", changed.put_back, name="put_back"),
    path("day", acts.set_day, name="set_day"),
    path("undo", acts.undo, name="undo"),
]

handler400 = faults.bad_request
handler404 = faults.not_found
handler500 = faults.server_error
