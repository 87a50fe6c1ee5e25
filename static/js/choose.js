// A field that narrows a long choice while one types. Without a script the choice is there whole.
const plain = (text) => text.toLocaleLowerCase().replace(/\s+/g, " ").trim();

for (const select of document.querySelectorAll("select[data-choose]")) {
  const parts = [...select.children];
  const groups = new Map(parts.filter((part) => part.tagName === "OPTGROUP").map((part) => [part, [...part.children]]));
  const options = [...select.options];
  const texts = new Map(options.map((option) => [option, plain(`${option.parentNode.label ?? ""} ${option.text}`)]));

  const search = document.createElement("input");
  search.type = "search";
  search.className = "input";
  search.autocomplete = "off";
  search.placeholder = select.dataset.choose;
  search.setAttribute("aria-label", select.dataset.choose);
  const label = select.labels[0];
  if (label?.contains(select)) {
    // A label around both names the first control in it alone.
    select.setAttribute("aria-label", label.textContent.replace(select.textContent, "").trim());
  } else if (label) {
    label.id ||= `${select.id}-label`;
    search.setAttribute("aria-describedby", label.id);
  }
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  const box = document.createElement("span");
  box.className = "choose";
  select.before(box);
  box.append(search, said, select);

  const fits = (option, words) => words.every((word) => texts.get(option).includes(word));
  const narrow = () => {
    const words = plain(search.value).split(" ").filter(Boolean);
    const chosen = select.value;
    const found = words.length ? options.filter((option) => option.value && fits(option, words)) : options;
    const shown = new Set(words.length ? [...found, ...options.filter((option) => option.value === chosen)] : options);
    for (const [group, members] of groups) group.replaceChildren(...members.filter((option) => shown.has(option)));
    select.replaceChildren(...parts.filter((part) => (groups.has(part) ? part.children.length : shown.has(part))));
    select.value = chosen;
    // Open while one searches, so that what fits can be seen and clicked.
    const headings = select.querySelectorAll("optgroup").length;
    select.size = words.length ? Math.min(Math.max(shown.size + headings, 2), 8) : 0;
    said.textContent = words.length ? String(found.length) : "";
    return found;
  };
  const close = () => {
    search.value = "";
    narrow();
  };
  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      const [first] = search.value ? narrow() : [];
      if (first) {
        select.value = first.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        close();
      }
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      select.focus();
    } else if (event.key === "Escape" && search.value) {
      event.preventDefault();
      close();
    }
  });
  select.addEventListener("change", () => {
    if (search.value) close();
  });
  box.addEventListener("focusout", (event) => {
    if (search.value && !box.contains(event.relatedTarget)) close();
  });
}
