/* Starts the keeping of pages for reading offline. Nothing else is done by script here. */
"use strict";
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/static/worker.js", { scope: "/" });
  const [here] = performance.getEntriesByType("navigation");
  // A page that came without the worker, for it was only just starting, is told to it.
  if (!here?.workerStart) navigator.serviceWorker.ready.then((there) => there.active.postMessage({ keep: location.href }));
}
