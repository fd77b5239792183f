// What the service worker keeps and the pages read: the pages of the shift, and what the phone knows beside them.
export const pages = "anju-pages-1";
/** The list of the shift: pages, places with their labels, one's own orders. */
export const knowledge = "/f/offline.json";
