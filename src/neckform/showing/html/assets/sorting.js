"use strict";
// A click on a column's heading sorts the table by it, and a second one the other way.
(() => {
  const text = (row, at) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
  const order = new Intl.Collator(undefined, { numeric: true });
  for (const table of document.querySelectorAll(".recordings table")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.ariaSort === "ascending";
        for (const other of heads) other.ariaSort = null;
        head.ariaSort = down ? "descending" : "ascending";
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => (down ? -1 : 1) * order.compare(text(a, at), text(b, at)));
        table.tBodies[0].append(...rows);
      });
    });
  }
})();
