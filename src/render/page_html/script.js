(() => {
  "use strict";
  const collator = new Intl.Collator("en", { numeric: true });
  const textOf = (row, at) => {
    const cell = row.cells[at];
    return cell ? cell.dataset.k || cell.textContent : "";
  };
  const compare = (one, other) => (one === "") - (other === "") || collator.compare(one, other);

  const sortable = (table, rows) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      // What is drawn has no order.
      if (head.className === "axis") return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const turned = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", turned ? "descending" : "ascending");
        const sorted = rows.map((row) => [textOf(row, at), row]).sort((one, other) => compare(one[0], other[0]));
        if (turned) sorted.reverse();
        table.tBodies[0].append(...sorted.map((pair) => pair[1]));
      });
    });
  };

  const filters = new Map();
  const filterable = (table, rows) => {
    const tool = document.createElement("p");
    tool.className = "tool";
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "search";
    label.append("Filter: ", input);
    tool.append(label);
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const filter = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => texts[at].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      said.textContent = words.length ? `Filtered: ${shown} of ${rows.length} rows are shown.` : "";
    };
    input.addEventListener("input", filter);
    table.before(tool, said);
    filters.set(table, () => {
      input.value = "";
      filter();
    });
  };

  for (const table of document.querySelectorAll("table")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length > 1) sortable(table, rows);
    if (rows.length > 7) filterable(table, rows);
  }
  document.documentElement.classList.add("script");

  // A link to a row that a filter hides shows it.
  const show = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || !row.hidden) return;
    filters.get(row.closest("table"))();
    row.scrollIntoView();
  };
  addEventListener("hashchange", show);
})();
