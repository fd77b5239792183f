import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { uuid7 } from "../js/uuid.js";

const folder = new URL("../js/", import.meta.url);

test("a version 7 id carries its millisecond, its version and its variant", () => {
  const id = uuid7(0x0197_8a2b_3c4d, new Uint8Array(10).fill(0xff));
  assert.equal(id, "01978a2b-3c4d-7fff-bfff-ffffffffffff");
});

test("ids made later sort later", () => {
  const ids = [1, 1000, 1_754_965_440_000, 1_754_965_440_001].map((at) => uuid7(at));
  assert.deepEqual([...ids].sort(), ids);
});

test("no module of ours is longer than 150 lines", () => {
  for (const name of readdirSync(folder)) {
    const lines = readFileSync(new URL(name, folder), "utf8").split("\n").length;
    assert.ok(lines <= 150, `${name}: ${lines} lines`);
  }
});

test("no module writes words for people itself: Chinese stands in comments only", () => {
  for (const name of readdirSync(folder)) {
    const code = readFileSync(new URL(name, folder), "utf8").replace(/^\s*\/\/.*$|\/\*[\s\S]*?\*\/|\s\/\/ .*$/gm, "");
    assert.doesNotMatch(code.replaceAll('"、"', ""), /\p{Script=Han}/u, name);
  }
});

test("no module needs what the content policy forbids", () => {
  for (const name of readdirSync(folder)) {
    const code = readFileSync(new URL(name, folder), "utf8");
    assert.doesNotMatch(code, /\beval\(|new Function|setAttribute\("style"|\bstyle:|javascript:/, name);
  }
});
