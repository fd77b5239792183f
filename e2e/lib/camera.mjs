// A camera for Chromium that films one sheet: `await film(browser, png)` writes a clip of the picture, for
// `launch({ camera: clip })`. The QR code comes from the program's own label sheet, printed as PDF and drawn by pdftoppm.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const size = { width: 640, height: 480 };
const frames = 3;

/** Page 1 of a PDF as a PNG file, at `dpi`; `crop` is {x, y, width, height} in pixels of that resolution. */
export function drawn(pdf, { dpi = 150, crop } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "anju-label-"));
  writeFileSync(join(folder, "sheet.pdf"), pdf);
  const part = crop ? ["-x", crop.x, "-y", crop.y, "-W", crop.width, "-H", crop.height].map(String) : [];
  execFileSync("pdftoppm", ["-png", "-singlefile", "-f", "1", "-l", "1", "-r", String(dpi), ...part, join(folder, "sheet.pdf"), join(folder, "sheet")]);
  return join(folder, "sheet.png");
}

/** Every QR code that another program reads from the picture. */
export const codesIn = (png) => execFileSync("zbarimg", ["--quiet", "--raw", png], { encoding: "utf8" }).trim().split("\n");

/** Brightness of each pixel of the picture, in the middle of a camera's frame. */
async function brightness(browser, png) {
  const page = await browser.newPage();
  const source = `data:image/png;base64,${readFileSync(png).toString("base64")}`;
  const bytes = await page.evaluate(async ({ source: from, width, height }) => {
    const image = new Image();
    image.src = from;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    const scale = Math.min((width - 80) / image.width, (height - 80) / image.height);
    pen.drawImage(image, (width - image.width * scale) / 2, (height - image.height * scale) / 2, image.width * scale, image.height * scale);
    const { data } = pen.getImageData(0, 0, width, height);
    return Array.from({ length: width * height }, (_, at) => Math.round(16 + 0.859 * (0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2])));
  }, { source, ...size });
  await page.close();
  return Buffer.from(bytes);
}

/** A clip (YUV4MPEG2) that shows the picture again and again. */
export async function film(browser, png) {
  const light = await brightness(browser, png);
  const grey = Buffer.alloc((size.width * size.height) / 2, 128);
  const clip = join(mkdtempSync(join(tmpdir(), "anju-clip-")), "label.y4m");
  const frame = [Buffer.from("FRAME\n"), light, grey];
  writeFileSync(clip, Buffer.concat([Buffer.from(`YUV4MPEG2 W${size.width} H${size.height} F10:1 Ip A1:1 C420jpeg\n`), ...Array(frames).fill(frame).flat()]));
  return clip;
}
