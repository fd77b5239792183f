// Builds everything the browser loads into built/, for the Rust crate to embed:
// one style sheet, one script a face, the service worker, the icons and the web-app manifests.
// Files get a content hash in their name; built/assets.tsv lists them (name, file, content type, hash).
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";
import { faviconSvg, iconPng } from "./icons/draw.mjs";
import { repeatForSystemDark } from "./css/system-dark.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "built");
const browsers = ["chrome88", "safari15"];
const styleSheets = ["tokens.css", "app.css", "layout.css", "forms.css", "desk.css", "settings.css", "matrix.css", "phones.css", "field.css"];
const scripts = ["console", "portal", "field", "public", "scan-worker"];
const contentTypes = {
  css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8", svg: "image/svg+xml", png: "image/png",
  webmanifest: "application/manifest+json; charset=utf-8", txt: "text/plain; charset=utf-8",
};

const source = (...path) => readFileSync(join(here, ...path), "utf8");

function styleSheet() {
  const joined = repeatForSystemDark(styleSheets.map((name) => source("css", name)).join("\n"));
  return esbuild.transformSync(joined, { loader: "css", minify: true, target: browsers, legalComments: "none" }).code;
}

function script(entry) {
  const result = esbuild.buildSync({
    entryPoints: [join(here, "js", `${entry}.js`)], bundle: true, write: false, minify: true, format: "esm",
    target: browsers, legalComments: "none", charset: "utf8", metafile: true, logLevel: "warning", absWorkingDir: here,
  });
  return { code: result.outputFiles[0].text, parts: Object.keys(result.metafile.inputs) };
}

/** The words a script takes from the page: every `say("…")` in the modules it is made of. */
function words(parts) {
  const own = parts.filter((part) => part.startsWith("js/")).map((part) => source(part)).join("\n");
  return [...new Set([...own.matchAll(/\bsay\("([a-z0-9-]+)"/g)].map((match) => match[1]))].sort();
}

function iconMarkup(lucideName) {
  const svg = source("node_modules", "lucide-static", "icons", `${lucideName}.svg`);
  return svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>").trim();
}

function manifest(language, iconNames) {
  const texts = JSON.parse(source("manifest", `${language}.json`));
  const icon = (name, sizes, purpose) => ({ src: `/assets/${iconNames[name]}`, sizes, type: "image/png", purpose });
  return JSON.stringify({
    ...texts, lang: language, id: "/f", start_url: "/f", scope: "/f", display: "standalone", orientation: "portrait",
    background_color: "#f4f6f7", theme_color: "#0f5b6d",
    icons: [icon("icon-192.png", "192x192", "any"), icon("icon-512.png", "512x512", "any"), icon("icon-mask-512.png", "512x512", "maskable")],
  });
}

function licences() {
  const packages = ["htmx.org", "idb", "jsqr", "lucide-static"];
  return packages.map((name) => `== ${name} ${JSON.parse(source("node_modules", name, "package.json")).version} ==\n\n`
    + source("node_modules", name, "LICENSE")).join("\n\n");
}

const files = new Map();
const hashedName = (name, bytes) => {
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}.${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}${name.slice(dot)}`;
};

/** Notes one asset; returns its hashed file name. */
function asset(name, content) {
  const bytes = Buffer.from(content);
  const file = hashedName(name, bytes);
  files.set(name, { file, bytes, type: contentTypes[name.slice(name.lastIndexOf(".") + 1)] });
  return file;
}

/** Untouched files keep their time stamp, so that Cargo rebuilds only after a real change. */
function write(file, bytes) {
  const path = join(built, file);
  if (!existsSync(path) || !readFileSync(path).equals(Buffer.from(bytes))) writeFileSync(path, bytes);
}

function collect() {
  asset("app.css", styleSheet());
  const texts = {};
  for (const entry of scripts) {
    const { code, parts } = script(entry);
    asset(`${entry}.js`, code);
    texts[entry] = words(parts);
  }
  asset("sw.js", script("sw").code);
  asset("favicon.svg", faviconSvg());
  const icons = {};
  for (const [name, size, mask] of [["icon-180.png", 180, true], ["icon-192.png", 192, false], ["icon-512.png", 512, false], ["icon-mask-512.png", 512, true]]) {
    icons[name] = asset(name, iconPng(size, mask));
  }
  asset("manifest.webmanifest", manifest("zh-CN", icons));
  asset("manifest.en.webmanifest", manifest("en", icons));
  asset("licences.txt", licences());
  return texts;
}

function writeAll(texts) {
  mkdirSync(built, { recursive: true });
  const rows = [];
  const kept = new Set(["assets.tsv", "icons.tsv", "texts.tsv"]);
  for (const [name, { file, bytes, type }] of files) {
    rows.push([name, file, type, createHash("sha256").update(bytes).digest("hex").slice(0, 32)].join("\t"));
    kept.add(file);
    write(file, bytes);
    if (type === "image/png") continue; // already packed
    kept.add(`${file}.gz`);
    write(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
  write("icons.tsv", Object.entries(JSON.parse(source("icons.json"))).map(([ours, theirs]) => `${ours}\t${iconMarkup(theirs)}`).join("\n") + "\n");
  write("texts.tsv", Object.entries(texts).map(([face, keys]) => `${face}\t${keys.join(" ")}`).join("\n") + "\n");
  for (const old of readdirSync(built)) if (!kept.has(old)) rmSync(join(built, old));
  write("assets.tsv", rows.join("\n") + "\n");
}

writeAll(collect());
for (const [name, { file, bytes }] of files) {
  console.log(`${name.padEnd(26)} ${String(bytes.length).padStart(7)} B ${String(gzipSync(bytes, { level: 9 }).length).padStart(6)} gz  ${file}`);
}
