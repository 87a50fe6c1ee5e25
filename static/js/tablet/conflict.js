// Another device has changed the sheet: both values are shown, and the judge chooses; nothing is merged silently.
export class Conflict {
  constructor(element, words, choose) {
    Object.assign(this, { element, words, choose });
    this.list = element.querySelector("#conflict-list");
  }

  show(answer, sent, find) {
    const theirs = new Map(answer.marks.map(([aspect, attempt, value]) => [`${aspect}/${attempt}`, value]));
    this.list.replaceChildren();
    for (const [aspect, attempt, mine] of sent.marks) {
      const place = find(aspect, attempt);
      const other = theirs.get(`${aspect}/${attempt}`) ?? "";
      if (place) this.list.append(this.row(place, mine, other));
    }
    this.element.hidden = false;
    this.element.scrollIntoView({ block: "start" });
  }

  row(place, mine, other) {
    const row = document.createElement("li");
    row.className = "row";
    const title = document.createElement("strong");
    title.textContent = place.box.querySelector(".aspect__title").textContent;
    row.append(title, this.button(row, place, mine, true), this.button(row, place, other, false));
    return row;
  }

  button(row, place, value, mine) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = (mine ? this.words.mine : this.words.theirs).replace("{value}", value || this.words.blank);
    button.addEventListener("click", () => {
      row.remove();
      const last = this.list.children.length === 0;
      this.element.hidden = last;
      this.choose(place, value, mine, last);
    });
    return button;
  }
}
