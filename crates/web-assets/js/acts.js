// Small acts that the content policy keeps out of the markup: open and close dialogs, menus, print, copy, send a filter.

function closeOtherMenus(kept) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (menu !== kept) menu.open = false;
}

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

function act(event) {
  const element = event.target.closest("[data-open], [data-close], [data-print], [data-copy]");
  closeOtherMenus(event.target.closest("details[data-menu]"));
  if (!element) return;
  const { open: toOpen, close, print, copy } = element.dataset;
  if (toOpen !== undefined) { event.preventDefault(); open(toOpen); }
  if (close !== undefined) { event.preventDefault(); element.closest("dialog, [data-closable]")?.close?.() ?? element.closest("[data-closable]")?.remove(); }
  if (print !== undefined) { event.preventDefault(); window.print(); }
  if (copy !== undefined) navigator.clipboard?.writeText(copy);
}

export function start() {
  document.addEventListener("click", act);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeOtherMenus(null); });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-autosubmit]")) event.target.form?.requestSubmit?.();
  });
}
