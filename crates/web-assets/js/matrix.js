// Building chart: one stop of the Tab key for each stair, the arrows walk over its homes.
const rowsOf = (cell) => [...cell.closest(".mx-stair").querySelectorAll(".mx-row")];
const columnOf = (cell) => [...cell.parentElement.children].indexOf(cell);

function beside(cell, step) {
  let next = cell;
  do next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
  while (next && !next.matches("a.unit"));
  return next;
}

function above(cell, step) {
  const rows = rowsOf(cell);
  const column = columnOf(cell);
  for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
    const next = rows[at].children[column];
    if (next?.matches("a.unit")) return next;
  }
  return null;
}

const steps = {
  ArrowLeft: (cell) => beside(cell, -1), ArrowRight: (cell) => beside(cell, 1),
  ArrowUp: (cell) => above(cell, -1), ArrowDown: (cell) => above(cell, 1),
};

function walk(event) {
  const cell = event.target.closest?.("[data-matrix] a.unit");
  if (!cell || event.metaKey || event.ctrlKey || event.altKey || !steps[event.key]) return;
  event.preventDefault();
  const next = steps[event.key](cell);
  if (!next) return;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

export function start() {
  for (const stair of document.querySelectorAll("[data-matrix] .mx-stair")) {
    stair.querySelectorAll("a.unit").forEach((cell, at) => { cell.tabIndex = at === 0 ? 0 : -1; });
  }
  document.addEventListener("keydown", walk);
}
