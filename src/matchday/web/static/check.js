// Checks a field when it is left: the same check as on saving, told at the field. Without scripts, saving tells it.
"use strict";
for (const form of document.querySelectorAll("form[data-check]")) {
  form.addEventListener("change", async (event) => {
    const name = event.target.name.replace(/-(none|meant)$/, "");
    const place = document.getElementById(name);
    if (!place) return;
    const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    if (!answer.ok) return;
    const [fault] = (await answer.json()).faults[name] ?? [];
    place.querySelector(".fault")?.remove();
    place.classList.toggle("wrong", Boolean(fault));
    const field = document.getElementById(`in-${name}`);
    field?.toggleAttribute("aria-invalid", Boolean(fault));
    if (fault) {
      const told = Object.assign(document.createElement("p"), { className: "fault", id: `fault-${name}`, textContent: fault });
      told.setAttribute("role", "status");
      place.append(told);
    }
  });
}
