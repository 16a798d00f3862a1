import { describe, expect, test } from "vitest";
import { kind } from "../document/fixtures";
import { cardHandles, cardSize, portTop } from "./cardLayout";
import { chord } from "./commands";
import { withRows, noRows } from "../live/nodeRows";
import { compact, kindsBadge, kindsText } from "./figures";
import { freeSpot } from "./placement";
import { outside } from "./showCard";

const port = { name: "in", title: "In", many: false, required: true };
const join = kind(
  "join",
  [
    { ...port, name: "left" },
    { ...port, name: "right" },
  ],
  true,
  [],
);

describe("a card", () => {
  test("is as tall as what is on it", () => {
    expect(cardSize(kind("filter", [port], true, []), 0).height).toBe(48);
    expect(cardSize(join, 0).height).toBe(96);
    expect(cardSize(join, 3).height).toBeGreaterThan(cardSize(join, 2).height);
    expect(cardSize(join, 9)).toEqual(cardSize(join, 90));
  });

  test("has a handle for each port, at the height where the port is drawn", () => {
    const handles = cardHandles(join);
    expect(handles.map(({ id, type }) => [id, type])).toEqual([
      ["left", "target"],
      ["right", "target"],
      ["out", "source"],
    ]);
    expect(handles[1]?.y).toBe(portTop(join, "right") - 12);
    expect(cardHandles(kind("sink", [port], false, []))).toHaveLength(1);
  });
});

describe("a new node", () => {
  const box = (x: number, y: number) => ({ x, y, width: 232, height: 96 });

  test("stands where it was wanted when that is free, on the grid", () => {
    expect(freeSpot([], { x: 13, y: 3 }, 96)).toEqual({ x: 16, y: 0 });
  });

  test("covers nobody, however many there are", () => {
    const taken = [];
    for (let n = 0; n < 30; n++) {
      const spot = freeSpot(taken, { x: 0, y: 0 }, 96);
      for (const other of taken)
        expect(Math.abs(other.y - spot.y)).toBeGreaterThanOrEqual(96);
      taken.push(box(spot.x, spot.y));
    }
  });
});

test("the view moves only as far as a card is outside of it", () => {
  expect(outside(100, 200, 800)).toBe(0);
  expect(outside(-50, 200, 800)).toBe(74);
  expect(outside(700, 200, 800)).toBe(-124);
});

test.each([
  [{ key: "z", ctrlKey: true }, "Mod+Z"],
  [{ key: "Z", metaKey: true, shiftKey: true }, "Mod+Shift+Z"],
  [{ key: "+", ctrlKey: true, shiftKey: true }, "Mod++"],
  [{ key: "Delete" }, "Delete"],
])("a key press %j is named %s", (init, name) => {
  expect(chord(new KeyboardEvent("keydown", init))).toBe(name);
});

test.each([
  [999, "999"],
  [12345, "12.3k"],
  [200000, "200k"],
  [4_100_000, "4.1M"],
])("%d rows are written %s", (count, text) => {
  expect(compact(count)).toBe(text);
});

describe("a changelog's badge", () => {
  const kindsOf = (...kinds: ("+I" | "-U" | "+U" | "-D")[]) =>
    withRows(
      noRows(),
      0,
      kinds.map((kind) => ({ kind, values: [1] })),
      0,
    ).kinds;

  test.each([
    [kindsOf(), "", ""],
    [kindsOf("+I", "+I"), "+I", "inserts only"],
    [kindsOf("+I", "-U", "+U"), "+I ±U", "inserts, updates"],
    [kindsOf("+U", "-D"), "+U -D", "updates, deletes"],
    [kindsOf("+I", "-D"), "+I -D", "inserts, deletes"],
    [kindsOf("-U", "+I"), "+I -U", "inserts, updates"],
  ])("of %i says which kinds its rows have had", (kinds, badge, text) => {
    expect(kindsBadge(kinds)).toBe(badge);
    expect(kindsText(kinds)).toBe(text);
  });
});
