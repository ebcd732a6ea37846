/* Starts the keeping of pages for reading offline. Nothing else is done by script here. */
"use strict";
if ("serviceWorker" in navigator) {
  const first = !navigator.serviceWorker.controller;
  navigator.serviceWorker.register("/static/worker.js", { scope: "/" });
  if (first) navigator.serviceWorker.ready.then((there) => there.active.postMessage({ keep: location.href }));
}
