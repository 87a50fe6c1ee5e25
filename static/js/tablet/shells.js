// The service worker and its shells: the app opens without a network, and never changes under a judge's hands.
const CHECK = 600000;
const page = document.getElementById("app");

export class Shells {
  constructor(core) {
    this.core = core;
  }

  get possible() {
    return globalThis.isSecureContext && "serviceWorker" in navigator;
  }

  async begin(app) {
    if (!this.possible) return;
    const button = document.getElementById("update");
    button.addEventListener("click", () => this.registration.waiting?.postMessage("update"));
    const had = Boolean(navigator.serviceWorker.controller);
    navigator.serviceWorker.addEventListener("controllerchange", () => had && location.reload());
    this.app = app;
    try {
      this.registration = await navigator.serviceWorker.register("/marking/sw.js", { scope: "/marking/" });
    } catch {
      return; // an unknown certificate, or no network yet: the app works, but not after a reload without one
    }
    this.registration.addEventListener("updatefound", () => this.watch(this.registration.installing));
    app.store.listeners.add(() => this.offer());
    setInterval(() => this.registration.update().catch(() => {}), CHECK);
    this.offer();
  }

  watch(worker) {
    worker?.addEventListener("statechange", () => this.offer());
  }

  // A new version waits until nothing is unsent, and then until the judge says so.
  offer() {
    const ready = this.registration.waiting && navigator.serviceWorker.controller && this.app.store.ops.length === 0;
    document.getElementById("band-update").hidden = !ready;
  }

  // Keeps the shell of every stage that the judge marks, and looks whether the own one is still right.
  async keep(app) {
    const bundle = app.store.bundle?.content;
    if (!bundle) return;
    const wanted = [["/marking/", bundle.shell], ...bundle.events.flatMap(({ stages }) => stages.map(({ url, shell }) => [url, shell]))];
    if (bundle.version === page.dataset.version) await this.fetch(wanted, bundle.version).catch(() => {});
    else this.registration?.update().catch(() => {});
    const own = wanted.find(([url]) => decodeURIComponent(url) === decodeURIComponent(location.pathname))?.[1];
    if (own && own !== page.dataset.shell && bundle.version === page.dataset.version) this.renew(app, own);
  }

  async fetch(wanted, version) {
    if (!this.possible) return;
    const cache = await caches.open(`marking-${version}`);
    for (const [url, shell] of wanted) {
      const kept = await cache.match(url, { ignoreVary: true });
      if (kept?.headers.get("X-Shell") === shell) continue;
      const answer = await fetch(url, { cache: "reload" });
      if (answer.ok && !answer.redirected && answer.headers.get("X-Version") === version) await cache.put(url, answer);
    }
  }

  // Another language, or a changed scheme: marks stay, and the page is asked for anew, once for each change.
  renew(app, shell) {
    const asked = sessionStorage.getItem("renewed");
    if (asked !== shell) {
      sessionStorage.setItem("renewed", shell);
      return location.reload();
    }
    app.outdated = true;
    document.getElementById("band-outdated").hidden = false;
    app.update?.();
  }
}
