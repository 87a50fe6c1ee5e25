// Brings operations to the server: oldest first, one sender at a time, patiently and without ever giving up.
import { ask, patience, take } from "./bundle.js";
import { Contact } from "./contact.js";
import { knock } from "./door.js";
import { count, pick, settle, stated } from "./outbox.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;
const BATCH = 100;
const ROUND = 30000; // how often the server is asked what is new

export class Sender {
  constructor(store, changed) {
    Object.assign(this, { store, changed, state: "idle", pause: FIRST_WAIT, most: BATCH, token: null, last: null, next: null });
    Object.assign(this, { contact: new Contact(store), withdrawn: "", skew: null, reached: false });
  }

  begin() {
    const hurry = () => document.visibilityState === "visible" && this.hurry();
    addEventListener("online", hurry);
    document.addEventListener("visibilitychange", hurry);
    setInterval(() => document.visibilityState === "visible" && this.flush(true), ROUND);
    this.hurry();
  }

  hurry() {
    this.pause = FIRST_WAIT;
    return this.flush(true);
  }

  // Who asks while a flush is under way gets another one after it.
  async flush(news = false) {
    this.news ||= news;
    this.again = true;
    if (this.running) return;
    this.running = true;
    clearTimeout(this.timer);
    this.next = null;
    try {
      while (this.again) {
        this.again = false;
        await this.alone(() => this.round());
      }
    } catch (fault) {
      this.onfault?.(fault); // the device's database, for everything else is waited for
    } finally {
      this.running = false;
    }
  }

  alone(work) {
    return navigator.locks ? navigator.locks.request("marking-sender", work) : work();
  }

  async round() {
    const { news } = this;
    this.reached = false;
    await this.work();
    if (this.reached) await this.contact.report(this.token, this.skew, news);
    if (this.contact.withdrawn) this.withdrawn = "device_revoked";
  }

  async work() {
    if ((this.news || !this.token) && !(await this.hear())) return;
    for (;;) {
      const batch = await pick(this.store, this.most);
      if (!batch.length) break;
      if (!(await this.send(batch))) return;
    }
    this.tell("idle");
  }

  async hear() {
    let answer;
    try {
      answer = await ask(this.store.bundle?.content.mark);
    } catch {
      return this.later("offline");
    }
    if (answer.status === 401 || answer.status === 403) return this.shut();
    if (answer.bundle && answer.bundle.judge !== this.store.judge) return location.reload();
    if (answer.wait) return this.comeAgain(answer.wait);
    if (answer.status !== 200 && answer.status !== 304) return this.later("offline");
    this.token = answer.token;
    this.withdrawn = this.contact.withdrawn ? this.withdrawn : "";
    this.news = false;
    this.heard(answer.time);
    if (answer.bundle) await take(this.store, answer.bundle, answer.mark);
    this.ontake?.();
    return true;
  }

  heard(time) {
    this.last = new Date();
    this.pause = FIRST_WAIT;
    this.reached = true;
    if (time) this.skew = Date.now() - Date.parse(time);
  }

  async send(batch) {
    this.tell("sending");
    let answer;
    let told;
    try {
      answer = await this.post(batch);
      told = await answer.json();
    } catch {
      return this.later("offline");
    }
    if (answer.status === 401) return this.shut();
    if (answer.status === 403) return this.renew();
    if (answer.status === 409) return location.reload(); // somebody else has signed in here
    if (answer.status === 422 || answer.status === 413) return this.single(batch);
    const seconds = Number(answer.headers.get("Retry-After"));
    if (seconds) return this.comeAgain(seconds);
    if (!told.verdicts) return this.later("offline");
    this.heard(null);
    this.renewed = false;
    const open = await settle(this.store, batch, told.verdicts);
    // What was refused shows that the server knows something that is not known here.
    if (told.verdicts.some(({ outcome }) => outcome !== "applied" && outcome !== "fault")) this.news = this.again = true;
    return open ? this.later("offline") : true;
  }

  post(batch) {
    const body = { judge: this.store.judge, device: this.store.device, operations: batch.map(stated) };
    return fetch("/marking/operations", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify(body),
      signal: patience(),
    });
  }

  // The session is another one than the token's, which signing in again brings about: a new token, once.
  async renew() {
    if (this.renewed) return this.later("login");
    this.renewed = true;
    return this.hear();
  }

  // Signed out: either the judge signs in again, or what is here goes to the chief judge. A judge whose card was
  // withdrawn may have a new one by now, and says which of the two.
  async shut() {
    const { reason = "" } = await knock(this.store, []);
    this.withdrawn = reason;
    if (reason && (reason !== "card_revoked" || this.handing)) await this.bring();
    return this.later("login");
  }

  handIn() {
    this.handing = true;
    return this.hurry();
  }

  async bring() {
    for (;;) {
      const batch = await pick(this.store, this.most, true);
      if (!batch.length) return;
      const { verdicts } = await knock(this.store, batch.map(stated));
      if (!verdicts || (await settle(this.store, batch, verdicts))) return;
    }
  }

  // A batch that cannot be read as a whole is sent one by one, so that the one at fault holds up no other.
  async single(batch) {
    if (batch.length > 1) {
      this.most = 1;
      return true;
    }
    this.most = BATCH;
    await settle(this.store, batch, [{ op_id: batch[0].op_id, outcome: "unreadable" }]);
    return true;
  }

  // The next round asks whether the server is there before it takes anything up: what is entered meanwhile is
  // not sent yet and can still become one operation.
  later(state) {
    this.tell(state);
    this.news = true;
    const wait = this.pause * (0.75 + Math.random() * 0.5);
    this.pause = Math.min(this.pause * 2, LONGEST_WAIT);
    return this.wake(wait);
  }

  // The server is there and has others at work: it says when, and nothing else need be asked for before.
  comeAgain(seconds) {
    this.tell("busy");
    return this.wake(seconds * 1000 * (1 + Math.random()));
  }

  wake(wait) {
    this.next = new Date(Date.now() + wait);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
    return false;
  }

  tell(state) {
    this.state = state;
    this.changed();
  }

  // Everything that counts for the badge, the worst first.
  status() {
    const { store } = this;
    const conflicts = store.sheets().filter(({ conflict }) => conflict).length;
    const held = store.ops.filter((op) => op.refused === "held").length;
    const refused = store.ops.filter((op) => op.refused && op.refused !== "held").length;
    const unsent = count(store);
    if (conflicts) return { state: "conflict", count: conflicts };
    if (refused) return { state: "refused", count: refused };
    if (this.withdrawn && this.withdrawn !== "card_revoked") return { state: "withdrawn", count: held };
    if (this.state === "login") return { state: "login", count: unsent };
    if (held) return { state: "held", count: held };
    if (this.state === "offline") return { state: unsent ? "offline" : "offline-empty", count: unsent };
    if (unsent) return { state: this.state === "sending" ? "sending" : "kept", count: unsent };
    return { state: this.last ? "synced" : "opening", count: 0 };
  }
}
