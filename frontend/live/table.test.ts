import { describe, expect, it } from "vitest";
import type { Row } from "../api/types";
import { RowTable } from "./table";

const change = (kind: Row["kind"], ...values: unknown[]): Row => ({
  kind,
  values,
});

function fold(key: number[] | null, ...rows: Row[]): RowTable {
  const table = new RowTable(key, 100);
  table.apply(rows, 0);
  return table;
}

const values = (table: RowTable) => table.list().map(({ row }) => row.values);

describe("without a key", () => {
  it("an update takes the place of what it updates", () => {
    const table = fold(
      null,
      change("+I", "a", 1),
      change("+I", "b", 1),
      change("-U", "a", 1),
      change("+U", "a", 2),
    );
    expect(values(table)).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    expect(table.list()[0]).toMatchObject({ updates: 1, before: ["a", 1] });
  });

  it("an update that comes in two batches keeps its place, too", () => {
    const table = fold(null, change("+I", 1), change("+I", 2), change("-U", 1));
    expect(values(table)).toEqual([[2]]);
    table.apply([change("+U", 9)], 1);
    expect(values(table)).toEqual([[9], [2]]);
  });

  it("a -U without a +U is gone for good", () => {
    const table = fold(null, change("+I", 1), change("-U", 1));
    table.apply([change("+I", 2), change("+U", 3)], 1);
    expect(values(table)).toEqual([[2], [3]]);
  });

  it("equal rows are several rows", () => {
    const table = fold(
      null,
      change("+I", 1),
      change("+I", 1),
      change("+I", 1),
      change("-D", 1),
    );
    expect(values(table)).toEqual([[1], [1]]);
  });

  it("a number and its text, NULL and 'null', are other rows", () => {
    const table = fold(null, change("+I", 1), change("+I", null));
    table.apply([change("-D", "1"), change("-D", "null")], 0);
    expect(table.length).toBe(2);
    expect(table.unmatched).toBe(2);
  });
});

describe("with a key", () => {
  it("an upsert replaces the row of its key", () => {
    const table = fold(
      [0],
      change("+I", "a", 1),
      change("+I", "b", 1),
      change("+U", "a", 2),
      change("+I", "b", 2),
    );
    expect(values(table)).toEqual([
      ["a", 2],
      ["b", 2],
    ]);
  });

  it("a change that was missed is healed by the next of its key", () => {
    const table = fold(
      [0],
      change("+I", "a", 1),
      change("-U", "a", 7),
      change("+U", "a", 8),
      change("-D", "a", 9),
    );
    expect(table.length).toBe(0);
  });

  it("a key of several columns does not run together", () => {
    const table = fold(
      [0, 1],
      change("+I", "a,", "b"),
      change("+I", "a", ",b"),
    );
    expect(table.length).toBe(2);
  });
});

it("drops the oldest rows when it is full, and says how many", () => {
  const table = new RowTable(null, 3);
  for (let i = 0; i < 10; i++) table.apply([change("+I", i)], 0);
  expect(values(table)).toEqual([[7], [8], [9]]);
  expect(table.dropped).toBe(7);
});

it("is bounded by what its rows weigh, through updates as well", () => {
  const table = new RowTable([0], 1000, 10_000);
  const wide = "x".repeat(900);
  for (let i = 0; i < 200; i++) table.apply([change("+I", i % 20, wide)], 0);
  expect(table.length).toBeGreaterThan(5);
  expect(table.length).toBeLessThan(11);
});

it("is empty after clear, and goes on", () => {
  const table = fold(null, change("+I", 1), change("-U", 1));
  table.clear();
  table.apply([change("+U", 2)], 0);
  expect(values(table)).toEqual([[2]]);
});

it("comes to the same as counting rows, for random changelogs in random batches", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = numbers(seed);
    const keyed = random() < 0.5;
    const log = changelog(random, keyed);
    const table = new RowTable(keyed ? [0] : null, 10_000);
    for (let at = 0; at < log.length;) {
      const end = at + 1 + Math.floor(random() * 4);
      table.apply(log.slice(at, end), at);
      at = end;
    }
    const found = values(table).map((v) => JSON.stringify(v));
    expect(found.toSorted(), `seed ${seed}`).toEqual(counted(log));
    const ids = table.list().map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  }
});

/** The final rows by counting: the plainest way to be right. */
function counted(log: readonly Row[]): string[] {
  const counts = new Map<string, number>();
  for (const { kind, values: row } of log) {
    const text = JSON.stringify(row);
    const more = kind.startsWith("+") ? 1 : -1;
    counts.set(text, (counts.get(text) ?? 0) + more);
  }
  return [...counts]
    .flatMap(([text, n]) => Array.from({ length: n }, () => text))
    .toSorted();
}

/** A changelog that takes away only what is there: of a table with a key, or of one where rows may be equal. */
function changelog(random: () => number, keyed: boolean): Row[] {
  const rows: unknown[][] = [];
  const log: Row[] = [];
  for (let i = 0; i < 60; i++) {
    const at = Math.floor(random() * rows.length);
    const old = rows[at];
    const next = [Math.floor(random() * 8), Math.floor(random() * 3)];
    const what = random();
    if (old && what < 0.25) {
      log.push({ kind: "-D", values: old });
      rows.splice(at, 1);
    } else if (old && what < 0.6) {
      const updated = keyed ? [old[0], next[1]] : next;
      log.push({ kind: "-U", values: old }, { kind: "+U", values: updated });
      rows[at] = updated;
    } else if (!keyed || !rows.some((row) => row[0] === next[0])) {
      log.push({ kind: "+I", values: next });
      rows.push(next);
    }
  }
  return log;
}

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
