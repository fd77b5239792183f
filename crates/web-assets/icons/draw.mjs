// The mark of the product, drawn by arithmetic: an enamel door plate with a house on it. One shape, three uses:
// favicon (SVG), app icons (PNG, anti-aliased by 4×4 samples) and the maskable icon (plate to the edges).
import { deflateSync } from "node:zlib";

const plate = [0x0f, 0x5b, 0x6d];
const white = [0xff, 0xff, 0xff];

export function faviconSvg() {
  return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect x="2" y="2" width="60" height="60" rx="14" fill="#0f5b6d"/>'
    + '<rect x="7" y="7" width="50" height="50" rx="10" fill="none" stroke="#fff" stroke-width="2.500"/>'
    + '<path d="M32 16 49 31H44V47H36V37H28V47H20V31H15Z" fill="#fff"/></svg>';
}

/** Inside a rounded square centred in the unit square? `half` is half its side. */
function inRounded(x, y, half, radius) {
  const dx = Math.max(Math.abs(x - 0.5) - (half - radius), 0);
  const dy = Math.max(Math.abs(y - 0.5) - (half - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

/** Roof, walls and door, in the 64-unit drawing of the SVG above. */
function inHouse(x, y) {
  const roof = y >= 16 && y <= 31 && Math.abs(x - 32) <= ((y - 16) * 17) / 15;
  const walls = y > 31 && y <= 47 && x >= 20 && x <= 44;
  const door = y > 37 && x > 28 && x < 36;
  return roof || (walls && !door);
}

/** Colour of a point (0..1), or null outside the plate. A maskable icon fills the square and shrinks the picture. */
function colourAt(x, y, maskable) {
  if (!maskable && !inRounded(x, y, 30 / 64, 14 / 64)) return null;
  const zoom = maskable ? 1.25 : 1;
  const [px, py] = [(x - 0.5) * zoom + 0.5, (y - 0.5) * zoom + 0.5];
  const ring = inRounded(px, py, 26.25 / 64, 11.25 / 64) && !inRounded(px, py, 23.75 / 64, 8.75 / 64);
  return ring || inHouse(px * 64, py * 64) ? white : plate;
}

function pixel(column, row, size, maskable) {
  const sum = [0, 0, 0, 0];
  for (let sample = 0; sample < 16; sample += 1) {
    const x = (column + ((sample % 4) + 0.5) / 4) / size;
    const y = (row + (Math.floor(sample / 4) + 0.5) / 4) / size;
    const colour = colourAt(x, y, maskable);
    if (colour) { sum[0] += colour[0]; sum[1] += colour[1]; sum[2] += colour[2]; sum[3] += 1; }
  }
  return sum[3] === 0 ? [0, 0, 0, 0] : [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3], (sum[3] * 255) / 16].map(Math.round);
}

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export function iconPng(size, maskable) {
  const rows = Buffer.alloc((size * 4 + 1) * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) rows.set(pixel(column, row, size, maskable), row * (size * 4 + 1) + 1 + column * 4);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8); // 8 bits, RGBA
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
