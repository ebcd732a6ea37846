/* Keeps the pages last seen, so that they can be read while the program is not running. The owner may
   wish that none are kept: a page that comes without `Matchday-Kept` ends it and clears all that it has kept.
   Pages come from the program whenever it answers; only then from here, and they say of which moment they are.
   Only pages that were opened (GET) are kept, never anything that was sent. */
"use strict";
const PAGES = "matchday-pages-"; // and the mark of the file: pages of two people never mix
const PARTS = "matchday-parts";
const MARK = "Matchday-Kept";
const MOST = 100;
const FALLBACK = "/offline";
const HIDDEN = '<p id="kept" hidden>';
const SHOWN = '<p id="kept" role="status">';

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(remember(FALLBACK));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const url = new URL(event.data.keep, self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(remember(url.href));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const page = request.mode === "navigate" && !url.searchParams.has("token") && !url.searchParams.has("format");
  const part = url.pathname.startsWith("/static/");
  if (request.method === "GET" && url.origin === self.location.origin && (page || part)) {
    event.respondWith(fromProgram(event));
  }
});

async function fromProgram(event) {
  let response;
  try {
    response = await fetch(event.request);
  } catch {
    return fromHere(event.request);
  }
  const copy = response.clone();
  event.waitUntil(keep(event.request.url, copy));
  return response;
}

async function remember(address) {
  try {
    await keep(address, await fetch(address));
  } catch {
    // The program has stopped meanwhile: there is nothing new to keep.
  }
}

async function keep(address, response) {
  const page = response.type === "basic" && response.headers.get("Content-Type")?.startsWith("text/html");
  const mine = page ? PAGES + response.headers.get(MARK) : PARTS;
  if (page) {
    const wanted = response.headers.has(MARK);
    const others = (await caches.keys()).filter((name) => !wanted || (name !== mine && name !== PARTS));
    await Promise.all(others.map((name) => caches.delete(name)));
    if (!wanted) return self.registration.unregister();
    if (others.length) await remember(FALLBACK);
  }
  if (response.status !== 200 || response.redirected || response.headers.has("Content-Disposition")) return;
  // The whole answer first: the program may stop in the middle of it, and then the old page stays.
  const whole = new Response(await response.blob(), { status: 200, headers: response.headers });
  const cache = await caches.open(mine);
  const name = address.split("#")[0];
  await cache.delete(name);
  await cache.put(name, whole);
  const names = await cache.keys();
  await Promise.all(names.slice(0, Math.max(0, names.length - MOST)).map((old) => cache.delete(old)));
}

async function fromHere(request) {
  const name = request.url.split("#")[0];
  const found = (await caches.match(name, { ignoreVary: true })) ||
    (request.mode === "navigate" && (await caches.match(FALLBACK, { ignoreVary: true })));
  if (!found) return Response.error();
  if (!(found.headers.get("Content-Type") || "").startsWith("text/html")) return found;
  const text = (await found.text()).replace(HIDDEN, SHOWN).replaceAll("<form ", "<form inert ");  // nobody is there to answer
  return new Response(text, { status: 200, headers: found.headers });
}
