// Asks the server what is wrong with the scheme while it is being edited, and shows each finding at its place.
const PAUSE = 350;

export class Check {
  constructor(root, list, chip, token) {
    Object.assign(this, { root, list, chip, token, words: root.dataset, number: 0 });
  }

  schedule(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(text), PAUSE);
  }

  async run(text) {
    const number = ++this.number;
    try {
      const response = await fetch(this.words.check, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
        body: text,
      });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      if (number === this.number) this.show(answer);
    } catch {
      if (number === this.number) this.tell(this.words.unreachable, "warn");
    }
  }

  show({ findings, errors, sums }) {
    if (errors) this.tell(this.words.bad.replace("{count}", errors), "bad");
    else if (findings.length) this.tell(this.words.noted.replace("{count}", findings.length), "warn");
    else this.tell(this.words.good, "ok");
    this.clear();
    this.list.replaceChildren(...findings.map((finding) => this.line(finding)));
    findings.forEach((finding, index) => this.place(finding, `fault-${index}`));
    for (const sum of sums) this.showSum(sum);
  }

  tell(text, kind) {
    this.chip.textContent = text;
    this.chip.className = `chip chip--${kind}`;
  }

  clear() {
    for (const row of this.root.querySelectorAll("[data-faults]")) row.remove();
    for (const input of this.root.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    for (const element of this.root.querySelectorAll("[data-sum]")) element.hidden = true;
  }

  line(finding) {
    const item = document.createElement("li");
    item.className = finding.level === "error" ? "" : "edit__note";
    const link = document.createElement("button");
    link.type = "button";
    link.className = "edit__jump";
    link.textContent = finding.place;
    link.addEventListener("click", () => this.focus(finding.pointer));
    const words = document.createElement("span");
    words.textContent = finding.message;
    item.append(link, words);
    return item;
  }

  find(pointer) {
    for (let at = pointer; at; at = at.slice(0, at.lastIndexOf("/"))) {
      const found = this.root.querySelector(`[data-pointer="${CSS.escape(at)}"]`);
      if (found) return found;
    }
    return null;
  }

  focus(pointer) {
    const found = pointer === null ? null : this.find(pointer);
    const input = found?.matches("[data-key]") ? found : found?.querySelector("[data-key]");
    input?.scrollIntoView({ block: "center" });
    input?.focus({ preventScroll: true });
  }

  // The sentence stands below the row or group of fields; the field itself is marked and points to it.
  place(finding, id) {
    const found = finding.pointer === null ? null : this.find(finding.pointer);
    if (!found) return;
    const error = finding.level === "error";
    if (found.matches("[data-key]") && (error || !found.hasAttribute("aria-invalid"))) {
      if (error) found.setAttribute("aria-invalid", "true");
      found.setAttribute("aria-describedby", id);
    }
    const sentence = document.createElement("p");
    sentence.id = id;
    sentence.className = error ? "edit__fault" : "edit__fault edit__fault--note";
    sentence.textContent = finding.message;
    this.below(found).append(sentence);
  }

  below(found) {
    const row = found.closest("tr");
    const anchor = row ?? found.closest(".edit__fields") ?? found.querySelector?.(".edit__fields") ?? found;
    if (anchor.nextElementSibling?.dataset.faults !== undefined) return anchor.nextElementSibling.querySelector("td") ?? anchor.nextElementSibling;
    const box = row ? document.getElementById("row-faults").content.firstElementChild.cloneNode(true) : document.createElement("div");
    box.dataset.faults = "";
    box.classList.add("edit__faults");
    anchor.after(box);
    return box.querySelector("td") ?? box;
  }

  showSum({ pointer, kind, found, said, difference, state }) {
    const element = this.root.querySelector(`[data-sum="${CSS.escape(pointer)}"]`);
    if (!element || (kind === "criterion" && said === "" && found === "0")) return;
    const name = { weights: "weights", criterion: "short" }[kind] ?? "parts";
    const words = this.words[`${name}${said === "" ? "Plain" : { ok: "Ok", missing: "Missing", over: "Over" }[state]}`];
    element.textContent = words.replace("{found}", found).replace("{said}", said).replace("{difference}", difference);
    element.classList.toggle("edit__sum--off", state !== "ok");
    element.hidden = false;
  }
}
