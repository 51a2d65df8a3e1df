/* Where a page cannot be fetched, ours that says so. It is all that is kept: no answer is ever an old one. */

const CACHE = "touchstone-offline";
const KEPT = ["offline", "static/touchstone.css", "static/touchstone.svg"].map((each) => new URL(each, location).href);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  const requests = KEPT.map((each) => new Request(each, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(KEPT[0])));
  } else if (KEPT.includes(request.url)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
