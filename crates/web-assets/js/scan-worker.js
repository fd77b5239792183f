// Reads QR codes away from the page's thread; loaded only where the browser has no reader of its own.
import jsQR from "jsqr";

self.onmessage = ({ data: { data, width, height } }) => {
  self.postMessage(jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data);
};
