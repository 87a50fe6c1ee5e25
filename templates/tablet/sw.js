// The judge's app without a network: shells and files of one version, all or none. It never answers for marks:
// what is sent, and the bundle with what is marked, always go to the server.
const VERSION = "{{ version }}";
const NAME = `marking-${VERSION}`;
const TASKS = "{{ tasks }}";
const FILES = {{ files | tojson }};
const SHELL = /^\/marking\/(?:\d+\/[^/]+\/)?$/;

async function shells() {
  // Every shell that an earlier version had stays available in this one.
  const found = [];
  for (const name of (await caches.keys()).filter((key) => key.startsWith("marking-"))) {
    const requests = await (await caches.open(name)).keys();
    found.push(...requests.map((request) => new URL(request.url).pathname).filter((path) => SHELL.test(path)));
  }
  return found;
}

async function ask(path) {
  const answer = await fetch(path, { cache: "reload", credentials: "same-origin" });
  const gone = path !== TASKS && SHELL.test(path) && [403, 404, 409].includes(answer.status);
  if (gone) return null; // an event that is over must not keep a new version out
  if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

async function install() {
  const paths = [...new Set([TASKS, ...FILES, ...(await shells())])];
  const answers = await Promise.all(paths.map(ask)); // nothing is kept before everything is there
  const cache = await caches.open(NAME);
  await Promise.all(paths.map((path, index) => answers[index] && cache.put(path, answers[index])));
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("marking-") && name !== NAME).map((name) => caches.delete(name)));
}

async function answer(request, path) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(path, { ignoreVary: true });
  if (kept) return kept;
  if (request.mode !== "navigate" || path === TASKS) return fetch(request);
  const found = await fetch(request).catch(() => null);
  // A newer shell does not fit this version's files; the list of tasks offers the update.
  const other = found === null || (found.ok && found.headers.get("X-Version") !== VERSION);
  return other ? Response.redirect(TASKS) : found;
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("message", (event) => {
  if (event.data === "update") self.skipWaiting();
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  // A shell that the app itself asks for is a newer one to keep; only who goes there gets the kept one.
  const shell = request.mode === "navigate" && SHELL.test(url.pathname);
  if (shell || FILES.includes(url.pathname)) event.respondWith(answer(request, url.pathname));
});
