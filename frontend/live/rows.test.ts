import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { RowRing } from "./rows";

function rows(from: number, to: number): Row[] {
  const result: Row[] = [];
  for (let i = from; i < to; i++) result.push({ kind: "+I", values: [i] });
  return result;
}

function values(ring: RowRing): unknown[] {
  return Array.from({ length: ring.length }, (_, i) => ring.at(i)?.values[0]);
}

describe("RowRing", () => {
  it("keeps rows oldest first", () => {
    const ring = new RowRing(5);
    ring.append(0, rows(0, 3));
    expect(values(ring)).toEqual([0, 1, 2]);
    expect(ring.placeOf(0)).toBe(0);
    expect(ring.next).toBe(3);
  });

  it("never keeps more than its size", () => {
    const ring = new RowRing(5);
    for (let i = 0; i < 40; i += 4) ring.append(i, rows(i, i + 4));
    expect(ring.length).toBe(5);
    expect(values(ring)).toEqual([35, 36, 37, 38, 39]);
    expect(ring.placeOf(0)).toBe(35);
    expect(ring.placeOf(4)).toBe(39);
  });

  it("takes a batch longer than its size", () => {
    const ring = new RowRing(3);
    ring.append(0, rows(0, 10));
    expect(values(ring)).toEqual([7, 8, 9]);
    expect(ring.skipped).toBe(0);
  });

  it("counts a jump as skipped rows", () => {
    const ring = new RowRing(5);
    ring.append(0, rows(0, 2));
    ring.append(10, rows(10, 12));
    expect(ring.skipped).toBe(8);
    expect(ring.next).toBe(12);
    expect(values(ring)).toEqual([0, 1, 10, 11]);
  });

  it("leaves out rows that it knows, as a snapshot after a reconnect has them", () => {
    const ring = new RowRing(10);
    ring.append(0, rows(0, 4));
    ring.append(1, rows(1, 6));
    ring.append(2, rows(2, 5));
    expect(values(ring)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ring.skipped).toBe(0);
  });

  it("is bounded by what its rows weigh, and keeps one row of any weight", () => {
    const ring = new RowRing(1000, 50_000);
    const wide: Row = { kind: "+I", values: [{ nested: ["x".repeat(4000)] }] };
    for (let i = 0; i < 100; i++) ring.append(i, [wide]);
    expect(ring.length).toBe(12);
    expect(ring.evicted).toBe(88);
    const huge: Row = { kind: "+I", values: ["x".repeat(90_000)] };
    ring.append(100, [huge]);
    expect(ring.length).toBe(1);
    expect(ring.at(0)).toBe(huge);
  });

  it("answers what is new of a batch", () => {
    const ring = new RowRing(10);
    ring.append(0, rows(0, 3));
    expect(ring.append(1, rows(1, 5)).map((row) => row.values[0])).toEqual([
      3, 4,
    ]);
  });

  it("is empty after clear and goes on from there", () => {
    const ring = new RowRing(5);
    ring.append(0, rows(0, 9));
    ring.clear();
    expect(ring.length).toBe(0);
    ring.append(7, rows(7, 11));
    expect(values(ring)).toEqual([9, 10]);
    expect(ring.placeOf(0)).toBe(9);
    expect(ring.skipped).toBe(0);
  });

  it("keeps the right rows however it grows", () => {
    const ring = new RowRing(1000);
    for (let i = 0; i < 5000; i += 7) {
      ring.append(i, rows(i, i + 7));
      expect(ring.at(ring.length - 1)?.values[0]).toBe(i + 6);
      expect(ring.at(0)?.values[0]).toBe(Math.max(0, i + 7 - 1000));
    }
  });

  it("knows no row outside of what it keeps", () => {
    const ring = new RowRing(2);
    ring.append(0, rows(0, 5));
    expect(ring.at(-1)).toBeUndefined();
    expect(ring.at(2)).toBeUndefined();
  });
});
