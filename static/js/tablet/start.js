// What both pages of the app begin with: whose marks, the store, the sender, the badge, the bands.
import { Sender } from "./sender.js";
import { Store } from "./store.js";
import { paintBadge } from "./badge.js";
import { Bands } from "./bands.js";
import { late } from "./backup.js";
import { patience } from "./bundle.js";
import { count } from "./outbox.js";
import { forgetOthers, lastJudge, othersUnsent } from "./others.js";
import { Shells } from "./shells.js";
import { clock, say } from "./words.js";

const band = (name, shown) => { document.getElementById(`band-${name}`).hidden = !shown; };

export function judge() {
  return document.cookie.split("; ").find((pair) => pair.startsWith("who="))?.slice(4) ?? "";
}

export async function start(build) {
  if (!document.getElementById("band-old").hidden) return; // old.js has said why
  band("insecure", !globalThis.isSecureContext);
  const core = { store: null, sender: null, broken: false, outdated: false };
  let app = core;
  core.breakDown = (fault) => {
    console.warn("the device cannot save:", fault);
    app.broken = true;
    band("broken", true);
    app.update?.();
  };
  document.getElementById("try-again").addEventListener("click", () => goOn(core, app));
  try {
    const whose = judge() || (await introduce());
    if (!whose) return band("first", true);
    core.store = await Store.open(whose);
    core.store.onfault = core.breakDown;
  } catch (fault) {
    return core.breakDown(fault);
  }
  remember();
  const shells = new Shells(core);
  let bands = null;
  core.sender = new Sender(core.store, () => {
    paintBadge(core);
    bands?.paint(app);
  });
  try {
    await core.sender.contact.open();
  } catch (fault) {
    return core.breakDown(fault);
  }
  app = build(core);
  bands = new Bands(core);
  const changed = () => {
    paintBadge(app);
    bands.paint(app);
    remind(core.store);
    tellRestored(core.store);
    app.update?.();
  };
  core.store.listeners.add(changed);
  core.sender.onfault = core.breakDown;
  core.sender.ontake = () => {
    shells.keep(app);
    app.update?.();
  };
  document.addEventListener("visibilitychange", () => judge() && judge() !== core.store.judge && location.reload());
  await othersUnsent(core.store).then(showOthers).catch(core.breakDown);
  forgetOthers(core.store).catch(() => {});
  navigator.storage?.persist?.().catch(() => {});
  changed();
  setInterval(() => remind(core.store), 60000);
  shells.begin(app);
  core.sender.begin();
}

// The device could not save; whether it can now is tried when the judge asks for it.
async function goOn(core, app) {
  if (!core.store) return location.reload();
  try {
    await core.store.probe();
  } catch (fault) {
    return core.breakDown(fault);
  }
  app.broken = false;
  band("broken", false);
  app.update?.();
  return core.sender.hurry();
}

function tellRestored(store) {
  band("restored", Boolean(store.restored));
  if (store.restored) document.getElementById("band-restored").textContent = say("restored", { time: clock(store.restored), count: count(store) });
}

// The first time on this device only the server knows whose marks these are, and says so with the bundle. Where it
// does not answer, they are those of whoever marked here last and has not signed out.
async function introduce() {
  const asking = { headers: { Accept: "application/json" }, cache: "no-store", signal: patience(4000) };
  const answer = await fetch("/marking/bundle", asking).catch(() => null);
  const whose = judge() || (await lastJudge());
  if (!whose && answer?.status === 401) location.assign(signIn());
  return whose;
}

export function signIn() {
  return `/accounts/sign-in?next=${encodeURIComponent(location.pathname)}`;
}

// So that signing out on any other page looks here first (static/js/sign-out.js).
function remember() {
  try {
    localStorage.setItem("marking", "");
  } catch {
    // A browser that refuses storage has refused the database, too.
  }
}

// What has been waiting long is told wherever the judge is, not only where the uploads are listed.
function remind(store) {
  const minutes = late(store);
  band("late", minutes > 0);
  document.querySelector("#band-late a").textContent = minutes ? say("late-band", { minutes }) : "";
}

function showOthers(others) {
  const place = document.getElementById("band-others");
  place.hidden = others.length === 0;
  place.textContent = others.map(({ label, count }) => say("others", { judge: label, count })).join(" ");
}
