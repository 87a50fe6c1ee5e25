// The fields at the right: of the page, of the chosen box, of its lines; each writes into the document at once.
import { namesOf } from "./stage.js";

const USUAL = {
  template: { frame: "none", paper: "", background: "" },
  box: {
    kind: "text", x: 20, y: 20, width: 100, height: 20, valign: "middle", face: "body", size: 14, colour: "#1d2126",
    seal: 38, file: "", spread: false, stock: false,
  },
  line: {
    text: "", face: "body", size: 16, colour: "#1d2126", align: "centre", above: 0, spacing: 0, shrink: 1, leading: 1.6,
    indent: 0,
  },
};
const NEW = {
  text: { kind: "text", x: 60, y: 90, width: 120, height: 15, lines: [{ text: "{recipient}", size: 24 }] },
  issuers: { kind: "issuers", x: 120, y: 150, width: 140, height: 32 },
  code: { kind: "code", x: 30, y: 150, width: 27, height: 27 },
  image: { kind: "image", x: 130, y: 90, width: 40, height: 40 },
  ornament: { kind: "ornament", x: 110, y: 60, width: 75, height: 4 },
};
const DECIMAL = /^-?\d{1,4}(\.\d{1,3})?$/;

// Full-width digits count as digits; decimals are kept as text, for there are no floats in the document.
function number(text) {
  const found = text.normalize("NFKC").replace("−", "-").trim();
  if (!DECIMAL.test(found)) return undefined;
  return Number.isInteger(Number(found)) ? Number(found) : found;
}

function placesOf(root) {
  const options = root.querySelector("#design-line").content.querySelectorAll("[data-place] option");
  return new Map([...options].map((option) => [option.value, option.textContent]));
}

export class Panel {
  constructor(root, acts) {
    Object.assign(this, { root, acts, names: namesOf(root), places: placesOf(root) });
    this.box = root.querySelector("#design-box");
    this.list = root.querySelector("#design-list");
    this.lines = root.querySelector("#design-lines");
    root.addEventListener("input", (event) => this.hear(event.target));
    root.addEventListener("change", (event) => this.insert(event.target));
    root.addEventListener("click", (event) => this.press(event.target.closest("button")));
  }

  show(model, chosen) {
    this.chosen = chosen;
    this.showList(model);
    this.fill(this.root.querySelector("[data-node=template]"), model, "template");
    const box = model.boxes[chosen];
    this.box.hidden = !box;
    if (!box) return;
    const kind = box.kind ?? "text";
    this.root.querySelector("#design-box-name").textContent = this.names[kind];
    for (const part of this.box.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== kind;
    this.fill(this.box, box, "box");
    const stamp = this.root.querySelector("#design-line");
    const open = [...this.lines.children].findIndex((row) => row.open);
    this.lines.replaceChildren(...(kind === "text" ? box.lines ?? [] : []).map((line, index) => {
      const row = stamp.content.firstElementChild.cloneNode(true);
      row.dataset.index = index;
      row.open = index === open || !line.text || (box.lines ?? []).length === 1;
      row.querySelector("[data-summary]").textContent = this.told(line.text) || "…";
      this.fill(row, line, "line");
      return row;
    }));
  }

  // Where a box is dragged, only its four numbers change.
  place(model, chosen) {
    const box = model.boxes[chosen];
    if (!box) return;
    for (const key of ["x", "y", "width", "height"]) {
      const input = this.box.querySelector(`[data-key=${key}]`);
      if (input !== document.activeElement) input.value = box[key] ?? USUAL.box[key];
    }
    this.showList(model);
  }

  showList(model) {
    const names = model.boxes.map((box) => (box.lines ?? []).map((line) => this.told(line.text)).join(" / ") || this.names[box.kind ?? "text"]);
    while (this.list.children.length > names.length) this.list.lastChild.remove();
    names.forEach((name, index) => {
      const button = this.list.children[index] ?? this.list.appendChild(document.createElement("button"));
      Object.assign(button, { type: "button", textContent: name });
      button.dataset.choose = index;
      button.setAttribute("aria-pressed", String(index === this.chosen));
    });
  }

  // A line as people read it: the places by their names.
  told(text) {
    return (text ?? "").replace(/\{([a-z_]+)\}/g, (whole, key) => this.places.get(key) ?? whole);
  }

  fill(part, node, kind) {
    for (const input of part.querySelectorAll("[data-key]")) {
      if (input.closest("[data-node]") !== part) continue;
      const { key, type } = input.dataset;
      if (key === "page") input.value = `${node.width ?? 297} ${node.height ?? 210}`;
      else if (type === "flag") input.checked = Boolean(node[key]);
      else this.offer(input, String(node[key] ?? USUAL[kind][key] ?? ""));
      input.removeAttribute("aria-invalid");
    }
  }

  // A value that the list does not offer (a colour of one's own) is offered, too.
  offer(input, value) {
    if (input.tagName === "SELECT" && ![...input.options].some((option) => option.value === value)) input.add(new Option(value, value));
    input.value = value;
  }

  node(input) {
    const part = input.closest("[data-node]");
    const model = this.acts.model();
    if (!part || part.dataset.node === "template") return model;
    const box = model.boxes[this.chosen];
    return part.dataset.node === "line" ? box.lines[Number(part.dataset.index)] : box;
  }

  hear(input) {
    const { key, type } = input.dataset;
    if (!key) return;
    const node = this.node(input);
    if (key === "page") [node.width, node.height] = input.value.split(" ").map(Number);
    else {
      const value = type === "flag" ? input.checked : type === "number" ? number(input.value) : input.value;
      input.toggleAttribute("aria-invalid", value === undefined);
      if (value === undefined) return;
      node[key] = value;
    }
    if (key === "text") input.closest("details").querySelector("[data-summary]").textContent = this.told(node.text) || "…";
    this.acts.changed();
  }

  insert(select) {
    if (select.dataset.place === undefined || !select.value) return;
    const input = select.closest("[data-node]").querySelector("[data-key=text]");
    input.setRangeText(`{${select.value}}`, input.selectionStart, input.selectionEnd, "end");
    select.value = "";
    this.hear(input);
    input.focus();
  }

  press(button) {
    if (!button) return;
    const { boxes } = this.acts.model();
    const { add, act, choose } = button.dataset;
    if (choose !== undefined) this.acts.choose(Number(choose));
    else if (add) this.acts.choose(boxes.push(structuredClone(NEW[add])) - 1);
    else if (act === "remove") { boxes.splice(this.chosen, 1); this.acts.choose(-1); }
    else if (act === "line") (boxes[this.chosen].lines ??= []).push({ text: "" });
    else if (act === "drop") boxes[this.chosen].lines.splice(Number(button.closest("[data-node]").dataset.index), 1);
    if (add || act) this.acts.changed({ fields: true });
  }
}
