import { describe, expect, it } from "vitest";
import type { Job, Preview, Row } from "../api/types";
import { hasKind } from "./nodeRows";
import type { RowsMessage, ServerMessage } from "./messages";
import {
  applyRows,
  initialState,
  type LiveState,
  clearRows,
  keyRows,
  reduce,
  rowsKey,
  showPreview,
  tick,
} from "./state";

const preview: Preview = {
  id: "p1",
  pipeline: "a",
  revision: 1,
  state: "running",
  message: "",
  way: "tap",
  flinkJobId: "",
  startedAt: "2026-01-01T00:00:00Z",
  nodes: {
    src: { count: 10, dropped: 0, watermark: "", columns: [], rows: [] },
  },
  diagnostics: [],
};

const job: Job = {
  id: "j1",
  pipeline: "a",
  pipelineName: "A",
  revision: 1,
  state: "RUNNING",
  flinkJobId: "f",
  flinkState: "RUNNING",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
  observedAt: "2026-01-01T00:00:00Z",
  savepointPath: "",
  exception: "",
  message: "",
  nodes: {},
  live: true,
};

function batch(first: number, length: number, id = "p1"): RowsMessage {
  const row: Row = { kind: "+I", values: [1] };
  const rows = Array.from({ length }, () => row);
  return { seq: 1, type: "rows", preview: id, node: "src", first, rows };
}

function run(state: LiveState, ...messages: ServerMessage[]): LiveState {
  return messages.reduce((s, m) => reduce(s, m, m.seq * 1000), state);
}

const key = rowsKey("p1", "src");

describe("hello", () => {
  it("replaces what was known of jobs and the engine", () => {
    const engine = { ...initialState.engine, state: "ready" as const };
    const before = { ...initialState, jobs: { old: job } };
    const hello = { seq: 1, type: "hello", version: "1", engine } as const;
    const after = run(before, { ...hello, jobs: [job] });
    expect(Object.keys(after.jobs)).toEqual(["j1"]);
    expect(after.engine.state).toBe("ready");
    expect(after.connection).toBe("connected");
  });

  it("keeps the rows that are shown", () => {
    const shown = applyRows(
      showPreview(initialState, preview),
      [batch(0, 3)],
      0,
    );
    const { engine } = initialState;
    const after = run(shown, {
      seq: 1,
      type: "hello",
      version: "1",
      engine,
      jobs: [],
    });
    expect(after.rows[key]?.ring.length).toBe(3);
  });
});

describe("rows", () => {
  const shown = showPreview(initialState, preview);

  it("make another object with each frame", () => {
    const once = applyRows(shown, [batch(0, 3), batch(3, 2)], 0);
    expect(once.rows[key]?.ring.length).toBe(5);
    const twice = applyRows(once, [batch(5, 1)], 0);
    expect(twice.rows[key]).not.toBe(once.rows[key]);
  });

  it("stay bounded and count what was skipped", () => {
    const after = applyRows(shown, [batch(0, 4e4), batch(6e4, 9e4)], 0);
    expect(after.rows[key]?.ring.length).toBe(100_000);
    expect(after.rows[key]?.ring.skipped).toBe(20_000);
  });

  it("of a preview that is not shown are dropped", () => {
    expect(applyRows(shown, [batch(0, 3, "other")], 0).rows).toEqual({});
  });
});

describe("preview", () => {
  it("of this tab is renewed, another tab's is left alone", () => {
    const shown = showPreview(initialState, preview);
    const mine = { ...preview, state: "finished" as const };
    const other = { ...preview, id: "p2" };
    const after = run(
      shown,
      { seq: 1, type: "preview", preview: mine },
      { seq: 2, type: "preview", preview: other },
    );
    expect(after.previews["a"]).toEqual(mine);
  });

  it("keeps its diagnostics' object while they say the same", () => {
    const shown = showPreview(initialState, preview);
    const again = { ...preview, diagnostics: [] };
    const after = run(shown, { seq: 1, type: "preview", preview: again });
    expect(after.previews["a"]?.diagnostics).toBe(preview.diagnostics);
  });

  it("replaces at once one that has no rows, with its counts", () => {
    const first = showPreview(initialState, preview);
    const after = showPreview(first, { ...preview, id: "p2", nodes: {} });
    expect(after.previews["a"]?.id).toBe("p2");
    expect(after.counts).toEqual({});
  });

  it("goes with its pipeline", () => {
    const shown = applyRows(
      showPreview(initialState, preview),
      [batch(0, 3)],
      0,
    );
    const after = run(shown, { seq: 1, type: "pipelineDeleted", id: "a" });
    expect(after.previews).toEqual({});
    expect(after.rows).toEqual({});
  });
});

describe("an incoming preview", () => {
  const first = applyRows(showPreview(initialState, preview), [batch(0, 3)], 0);
  const next = { ...preview, id: "p2" };
  const waiting = showPreview(first, { ...next, state: "starting" });
  const shows = (state: LiveState) => [
    state.previews["a"]?.id,
    ...Object.keys(state.rows),
  ];
  const running = run(waiting, { seq: 1, type: "preview", preview: next });

  it("leaves the old rows where they are while it starts and runs", () => {
    expect(shows(waiting)).toEqual(["p1", "p1/src"]);
    expect(shows(running)).toEqual(["p1", "p1/src"]);
    expect(running.incoming["a"]?.preview.state).toBe("running");
  });

  it("is shown with its first rows, whatever becomes of the old one", () => {
    const old = { ...preview, state: "stopped" as const };
    const stopped = run(running, { seq: 2, type: "preview", preview: old });
    expect(shows(stopped)).toEqual(["p1", "p1/src"]);
    const after = applyRows(stopped, [batch(0, 2, "p2")], 0);
    expect(shows(after)).toEqual(["p2", "p2/src"]);
    expect(after.rows["p2/src"]?.ring.length).toBe(2);
    expect(after.incoming).toEqual({});
  });

  it("is shown when it ends without rows", () => {
    const failed = { ...next, state: "failed" as const };
    const after = run(running, { seq: 2, type: "preview", preview: failed });
    expect(shows(after)).toEqual(["p2"]);
    expect(after.previews["a"]?.state).toBe("failed");
  });

  it("is shown when it has run for a while without rows", () => {
    expect(shows(tick(running, 4000))).toEqual(["p1", "p1/src"]);
    expect(shows(tick(running, 7000))).toEqual(["p2"]);
  });

  it("gives way to one that is newer still", () => {
    const newest = showPreview(running, { ...next, id: "p3" });
    expect(shows(newest)).toEqual(["p1", "p1/src"]);
    const late = applyRows(newest, [batch(0, 1, "p2")], 0);
    expect(shows(late)).toEqual(["p1", "p1/src"]);
    const after = applyRows(late, [batch(0, 1, "p3")], 0);
    expect(shows(after)).toEqual(["p3", "p3/src"]);
  });
});

describe("a node's table", () => {
  const shown = showPreview(initialState, preview);
  const change = (kind: Row["kind"], ...values: unknown[]): Row => ({
    kind,
    values,
  });
  const feed = (state: LiveState, first: number, ...rows: Row[]) =>
    applyRows(state, [{ ...batch(first, 0), rows }], 0);
  const table = (state: LiveState) =>
    state.rows[key]?.table?.list().map(({ row }) => row.values);

  it("is made when the first row is no insert, of all rows so far", () => {
    const inserts = feed(shown, 0, change("+I", "a", 1), change("+I", "b", 1));
    expect(inserts.rows[key]?.table).toBeNull();
    const after = feed(inserts, 2, change("-U", "a", 1), change("+U", "a", 2));
    expect(table(after)).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
    const changed = after.rows[key]?.table?.list().map((e) => e.changedAt);
    expect(changed).toEqual([0, Number.NEGATIVE_INFINITY]);
    const kinds = after.rows[key]?.kinds ?? 0;
    expect(hasKind(kinds, "+U")).toBe(true);
    expect(hasKind(kinds, "-D")).toBe(false);
  });

  it("counts no row twice when a snapshot overlaps", () => {
    const once = feed(shown, 0, change("+I", "a"), change("-D", "a"));
    const again = feed(
      once,
      0,
      change("+I", "a"),
      change("-D", "a"),
      change("+I", "b"),
    );
    expect(table(again)).toEqual([["b"]]);
  });

  it("takes a key when it is known, and keeps what it has", () => {
    const inserts = feed(shown, 0, change("+I", "a", 1), change("+I", "a", 2));
    const keyed = keyRows(inserts, key, [0]);
    expect(table(keyed)).toEqual([["a", 2]]);
    expect(keyRows(keyed, key, [0])).toBe(keyed);
    expect(table(feed(keyed, 2, change("+U", "a", 3)))).toEqual([["a", 3]]);
  });

  it("is cleared with the rows", () => {
    const before = feed(shown, 0, change("+I", "a"), change("-D", "a"));
    const after = feed(clearRows(before, key), 2, change("+I", "c"));
    expect(table(after)).toEqual([["c"]]);
    expect(after.rows[key]?.ring.length).toBe(1);
  });
});

describe("tick", () => {
  it("changes nothing while nothing runs", () => {
    const done = { ...preview, state: "finished" as const };
    const state = showPreview(initialState, done);
    expect(tick(state, 1000)).toBe(state);
  });

  it("notes a count that stands still", () => {
    const state = tick(showPreview(initialState, preview), 2000);
    expect(state.counts[key]).toHaveLength(2);
  });
});
