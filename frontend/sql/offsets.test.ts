import { expect, test } from "vitest";
import { unitOffset, unitOffsets } from "./offsets";

const text = "a-ä-€-😀-z";

test("a byte offset becomes the offset in the page's text", () => {
  const encoder = new TextEncoder();
  let head = "";
  for (const character of text) {
    expect(unitOffset(text, encoder.encode(head).length)).toBe(head.length);
    head += character;
  }
});

test("inside a character it is the character's start, past the end the end", () => {
  expect(unitOffset("ä", 1)).toBe(0);
  expect(unitOffset("ä", 99)).toBe(1);
});

test("many offsets are found in one walk, in any order", () => {
  const bytes = [15, 0, 4, 9, 4, 99];
  expect(unitOffsets(text, bytes)).toEqual(
    bytes.map((at) => unitOffset(text, at)),
  );
});
