import { expect, it } from "vitest";
import {
  extendTo,
  moved,
  rangeOf,
  selectAll,
  selectCell,
  selectRow,
  type Selection,
} from "./selection";

/** Rows with the keys `first`, `first` + 1, … */
function rows(length: number, first = 0) {
  return {
    length,
    keyOf: (index: number) => first + index,
    indexOf: (key: number) =>
      key >= first && key < first + length ? key - first : -1,
  };
}

const seen = { top: 40, count: 11 };

function press(selection: Selection | null, keys: string, all = rows(100)) {
  const [key = "", ...held] = keys.split("+").toReversed();
  const modifiers = {
    key,
    shiftKey: held.includes("Shift"),
    ctrlKey: held.includes("Ctrl"),
    metaKey: false,
  };
  return moved(selection, modifiers, all, 3, seen);
}

it("begins at the top of what is seen", () => {
  expect(press(null, "ArrowDown")).toEqual(selectCell(40, 0));
});

it("moves by one, by a page and to the ends, and stays inside", () => {
  const at = selectCell(50, 1);
  const to = (keys: string) => press(at, keys)?.head;
  expect(to("ArrowUp")).toEqual({ key: 49, column: 1 });
  expect(to("ArrowRight")).toEqual({ key: 50, column: 2 });
  expect(to("PageDown")).toEqual({ key: 60, column: 1 });
  expect(to("Home")).toEqual({ key: 50, column: 0 });
  expect(to("Ctrl+End")).toEqual({ key: 99, column: 2 });
  expect(to("Ctrl+ArrowUp")).toEqual({ key: 0, column: 1 });
  expect(press(selectCell(99, 2), "ArrowDown")?.head.key).toBe(99);
  expect(press(at, "x")).toBeNull();
});

it("extends by Shift from where it began", () => {
  const once = press(selectCell(50, 1), "Shift+ArrowDown");
  const twice = press(once, "Shift+ArrowLeft");
  expect(rangeOf(twice, rows(100), 3)).toEqual({
    top: 50,
    bottom: 51,
    left: 0,
    right: 1,
  });
  const back = press(twice, "Shift+PageUp");
  expect(rangeOf(back, rows(100), 3)).toMatchObject({ top: 41, bottom: 50 });
});

it("of rows takes all columns", () => {
  const range = rangeOf(extendTo(selectRow(3), 5, 0), rows(10), 3);
  expect(range).toEqual({ top: 3, bottom: 5, left: 0, right: 2 });
  expect(rangeOf(selectAll(rows(10)), rows(10), 3)).toEqual({
    top: 0,
    bottom: 9,
    left: 0,
    right: 2,
  });
  expect(selectAll(rows(0))).toBeNull();
});

it("stays on its rows while others fall out, and shrinks with its own", () => {
  const selection = extendTo(selectCell(3, 0), 6, 0);
  expect(rangeOf(selection, rows(10, 2), 3)).toMatchObject({
    top: 1,
    bottom: 4,
  });
  expect(rangeOf(selection, rows(10, 5), 3)).toMatchObject({
    top: 0,
    bottom: 1,
  });
  expect(rangeOf(selection, rows(10, 7), 3)).toBeNull();
});
