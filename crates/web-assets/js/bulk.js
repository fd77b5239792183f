// Selecting rows: <table data-bulk="bulk-bar"> with checkboxes [data-pick] and one [data-pick-all] in the head. The bar
// (id = bulk-bar) appears with the count in [data-bulk-count]; its form sends the boxes through their form="…" attribute.

const picks = (table) => [...table.querySelectorAll("[data-pick]")];

function refresh(table) {
  const boxes = picks(table);
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
  const all = table.querySelector("[data-pick-all]");
  if (all) { all.checked = chosen.length > 0 && chosen.length === boxes.length; all.indeterminate = chosen.length > 0 && !all.checked; }
  const bar = document.getElementById(table.dataset.bulk);
  if (!bar) return;
  bar.hidden = chosen.length === 0;
  for (const count of bar.querySelectorAll("[data-bulk-count]")) count.textContent = String(chosen.length);
}

export function start() {
  document.addEventListener("change", (event) => {
    const table = event.target.closest("[data-bulk]");
    if (!table) return;
    if (event.target.matches("[data-pick-all]")) for (const box of picks(table)) box.checked = event.target.checked;
    refresh(table);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-bulk-none]")) return;
    for (const table of document.querySelectorAll("[data-bulk]")) { for (const box of picks(table)) box.checked = false; refresh(table); }
  });
  const refreshAll = () => document.querySelectorAll("[data-bulk]").forEach(refresh);
  document.addEventListener("page:swapped", refreshAll);
  window.addEventListener("pageshow", refreshAll);
}
