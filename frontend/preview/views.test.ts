import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { RowRing } from "../live/rows";
import {
  FilteredLog,
  keptLog,
  keptView,
  logView,
  type RowsView,
} from "./views";

const row = (value: number): Row => ({ kind: "+I", values: [value] });

function feed(ring: RowRing, from: number, to: number): void {
  for (let i = from; i < to; i++) ring.append(i, [row(i)]);
}

const shown = (view: RowsView) =>
  Array.from({ length: view.length }, (_, i) => view.at(i)?.values[0]);

describe("the changelog", () => {
  it("names rows by their place, before and after others have fallen out", () => {
    const ring = new RowRing(4);
    feed(ring, 0, 4);
    const key = logView(ring).keyOf(3);
    feed(ring, 4, 7);
    const view = logView(ring);
    expect(shown(view)).toEqual([3, 4, 5, 6]);
    expect(view.indexOf(key)).toBe(0);
    expect(view.numberOf(0)).toBe(4);
    expect(view.fallen).toBe(3);
    feed(ring, 7, 8);
    expect(logView(ring).indexOf(key)).toBe(-1);
  });
});

describe("a filtered changelog", () => {
  it("tests each row once and shows what testing all of them would", () => {
    const ring = new RowRing(50);
    let tests = 0;
    const even = ({ values }: Row) => {
      tests++;
      return Number(values[0]) % 3 === 0;
    };
    const log = new FilteredLog(ring, even);
    for (let at = 0; at < 1000; at += 13) {
      feed(ring, at, at + 13);
      const view = log.view();
      const kept = shown(logView(ring)).filter((v) => Number(v) % 3 === 0);
      expect(shown(view)).toEqual(kept);
      for (let i = 0; i < view.length; i++) {
        expect(view.indexOf(view.keyOf(i))).toBe(i);
        expect(view.keyOf(i)).toBe(kept[i]);
      }
      // Rows before the first one shown that had passed.
      expect(view.fallen).toBe(Math.ceil(ring.placeOf(0) / 3));
    }
    expect(tests).toBe(1001);
  });

  it("has nothing left after a clear", () => {
    const ring = new RowRing(50);
    const log = new FilteredLog(ring, () => true);
    feed(ring, 0, 5);
    expect(log.view().length).toBe(5);
    ring.clear();
    expect(log.view().length).toBe(0);
    feed(ring, 5, 7);
    expect(shown(log.view())).toEqual([5, 6]);
  });
});

describe("rows that stand still", () => {
  it("are filtered and sorted, each with its number", () => {
    const ring = new RowRing(10);
    feed(ring, 0, 6);
    const order = { column: 0, descending: true };
    const passes = ({ values }: Row) => Number(values[0]) > 2;
    const view = keptView(keptLog(ring), passes, order, "INT");
    feed(ring, 6, 20);
    expect(shown(view)).toEqual([5, 4, 3]);
    expect(view.numberOf(0)).toBe(6);
    expect(view.indexOf(3)).toBe(2);
    expect(view.indexOf(99)).toBe(-1);
  });
});
