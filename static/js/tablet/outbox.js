// Sends operations one after the other. An operation keeps its number until the server has answered, so that
// an answer lost on the way can be asked for again without entering a mark twice.
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;
const PATIENCE = 8000;

export function operationId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  constructor({ url, token, version, changed, answered }) {
    Object.assign(this, { url, token, version, changed, answered });
    this.queue = [];
    this.current = null;
    this.state = "saved";
    this.pause = FIRST_WAIT;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => this.hurry());
  }

  get waiting() {
    return this.queue.length + (this.current ? 1 : 0);
  }

  add([aspect, attempt], value) {
    // Values that were never sent may be replaced; one that was sent may have been applied.
    this.queue = this.queue.filter(([otherAspect, otherAttempt]) => otherAspect !== aspect || otherAttempt !== attempt);
    this.queue.push([aspect, attempt, value]);
    if (this.state !== "conflict") this.tell("saving");
    this.run();
  }

  async run() {
    if (this.running) return;
    this.running = true;
    while (this.state !== "conflict" && (this.current || this.queue.length)) {
      this.current ??= {
        op_id: operationId(),
        base: this.version,
        marks: this.queue.splice(0),
        device_time: new Date().toISOString(),
      };
      if (!(await this.send())) await this.wait();
    }
    this.running = false;
    if (!this.waiting && !["conflict", "refused"].includes(this.state)) this.tell("saved");
  }

  async send() {
    let response;
    let answer;
    try {
      response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(this.current),
        signal: AbortSignal.timeout?.(PATIENCE),
      });
      answer = await response.json();
    } catch {
      this.tell("offline");
      return false;
    }
    if (response.status >= 500 || response.status === 429) {
      this.tell("offline");
      return false;
    }
    if (!answer.outcome) {
      this.tell("login");
      return false;
    }
    this.finish(answer);
    return true;
  }

  finish(answer) {
    const sent = this.current;
    this.current = null;
    this.pause = FIRST_WAIT;
    if (answer.version !== undefined) this.version = answer.version;
    const state = { applied: "saving", duplicate: "saving", conflict: "conflict" }[answer.outcome] ?? "refused";
    this.tell(state);
    this.answered(answer, sent);
  }

  resume() {
    this.state = "saving";
    this.run();
  }

  hurry() {
    this.wake?.();
  }

  async wait() {
    await new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, this.pause * (0.75 + 0.5 * (crypto.getRandomValues(new Uint8Array(1))[0] / 255)));
    });
    this.pause = Math.min(this.pause * 2, LONGEST_WAIT);
  }

  async settled(patience) {
    const end = Date.now() + patience;
    while (this.waiting && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
    return !this.waiting && this.state === "saved";
  }

  tell(state) {
    this.state = state;
    this.changed(state, this.waiting);
  }
}
