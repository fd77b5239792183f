// A page brings the drawings of the icons it uses. When a piece of a fetched page is put into this one, the drawings that are
// not here yet come along.

export function bringIcons(page) {
  const here = document.querySelector("symbol[id]")?.closest("svg");
  if (!here) return;
  for (const drawing of page.querySelectorAll("symbol[id]")) if (!document.getElementById(drawing.id)) here.append(document.adoptNode(drawing));
}
