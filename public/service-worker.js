// Keeps the shell and its hashed assets, one cache a build, and answers every navigation under /app from it.
//
// - A version is kept whole or not at all; it takes over only when the app asks (SKIP_WAITING).
// - The version before stays until the next one: a page that is still open may ask for its hashed files.
// - /api is never touched: answers of the server belong to the replica, which seals them.
const shell = "/app/";
const prefix = "rounds-shell-";
const journal = "rounds-versions"; // which version is in use and which was before it

// Filled in by the build: [{url, revision}], revision null where the name itself is a hash.
const manifest = self.__WB_MANIFEST;

const files = new Map(manifest.map(({ url, revision }) => [new URL(url, location).pathname, revision]));
if (!files.has(shell)) files.set(shell, "");

const current = prefix + __VERSION__; // a hash of the whole build, put in by the build

self.addEventListener("install", (event) => event.waitUntil(keep_version()));
self.addEventListener("activate", (event) => event.waitUntil(take_over()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "SKIP_WAITING") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === "/app" || pathname.startsWith(shell)) event.respondWith(answer(shell, request));
  } else if (files.has(pathname) || pathname.startsWith("/assets/")) {
    event.respondWith(answer(pathname, request));
  }
});

async function keep_version() {
  const cache = await caches.open(current);
  await Promise.all(
    [...files].map(async ([path, revision]) => {
      const hashed = revision === null;
      const known = hashed && (await caches.match(path, { ignoreVary: true }));
      const response = known || (await fetch(path, { cache: hashed ? "default" : "reload" }));
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      await cache.put(path, await unredirected(response));
    }),
  );
}

/** A redirected answer may not serve a navigation: the same content without its history. */
async function unredirected(response) {
  if (!response.redirected) return response;
  const { headers, status } = response;
  return new Response(await response.blob(), { headers, status });
}

async function take_over() {
  const book = await caches.open(journal);
  const noted = await book.match("/versions").then((page) => page?.json());
  const previous = noted?.current === current ? noted.previous : noted?.current;
  await book.put("/versions", Response.json({ current, previous }));
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== current && name !== previous) await caches.delete(name);
  }
  await self.clients.claim();
}

/** From this version, from the one before, from the network. */
async function answer(path, request) {
  const ours = await caches.match(path, { cacheName: current, ignoreVary: true });
  return ours || (path !== shell && (await caches.match(path, { ignoreVary: true }))) || fetch(request);
}
