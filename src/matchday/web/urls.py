"""Every address, one line each."""

from django.urls import path

from matchday.web.views import acts, faults, guide, requirements, today

urlpatterns = [
    path("", today.today, name="today"),
    path("requirements", requirements.requirements, name="requirements"),
    path("guide", guide.guide, name="guide"),
    path("day", acts.set_day, name="set_day"),
    path("undo", acts.undo, name="undo"),
]

handler400 = faults.bad_request
handler404 = faults.not_found
handler500 = faults.server_error
