import { expect, test } from "vitest";
import { piecesOf } from "./pieces";

test("pieces are cut by bytes and stand under what holds them", () => {
  const expression = "städte = 'Köln' AND\n  a > b";
  const part = (start: number, end: number, value: string | null) => ({
    start,
    end,
    value,
  });
  // Two letters of two bytes each: städte is 7 bytes long.
  const pieces = piecesOf(expression, [
    part(0, 29, "FALSE"),
    part(0, 17, "TRUE"),
    part(0, 7, "Köln"),
    part(24, 29, null),
    part(24, 25, null),
    part(28, 29, "7"),
  ]);
  expect(pieces).toEqual([
    { text: "städte = 'Köln' AND a > b", depth: 0, value: "FALSE" },
    { text: "städte = 'Köln'", depth: 1, value: "TRUE" },
    { text: "städte", depth: 2, value: "Köln" },
    { text: "a > b", depth: 1, value: null },
    { text: "a", depth: 2, value: null },
    { text: "b", depth: 2, value: "7" },
  ]);
});
