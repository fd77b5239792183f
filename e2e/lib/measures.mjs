// What a page costs: bytes over the wire, nodes, and how far things jumped while it was opened.

/** Bytes that `page` receives from now on, compressed as they came; what the browser had kept is not counted. */
export async function countBytes(page) {
  const network = await page.context().newCDPSession(page);
  const count = { bytes: 0 };
  await network.send("Network.enable");
  network.on("Network.loadingFinished", ({ encodedDataLength }) => { count.bytes += encodedDataLength; });
  return count;
}

/** Adds up the layout shifts of the page as it opens, without those that a press or a key has caused. */
export const watchShifts = (context) => context.addInitScript(() => {
  globalThis.shifted = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value; }).observe({ type: "layout-shift", buffered: true });
});

export const shiftsOf = (page) => page.evaluate(() => globalThis.shifted);
export const nodesOf = (page) => page.evaluate(() => document.querySelectorAll("*").length);
