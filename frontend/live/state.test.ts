import { describe, expect, it } from "vitest";
import type { Job, Preview, Row } from "../api/types";
import type { RowsMessage, ServerMessage } from "./messages";
import {
  applyRows,
  initialState,
  type LiveState,
  reduce,
  ringSize,
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
    const shown = applyRows(showPreview(initialState, preview), [batch(0, 3)]);
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

  it("make one new object for all batches of a frame", () => {
    const once = applyRows(shown, [batch(0, 3), batch(3, 2)]);
    expect(once.rows[key]?.version).toBe(1);
    expect(once.rows[key]?.ring.length).toBe(5);
    const twice = applyRows(once, [batch(5, 1)]);
    expect(twice.rows[key]).not.toBe(once.rows[key]);
    expect(twice.rows[key]?.version).toBe(2);
  });

  it("stay bounded and count what was skipped", () => {
    const after = applyRows(shown, [batch(0, 4000), batch(6000, 4000)]);
    expect(after.rows[key]?.ring.length).toBe(ringSize);
    expect(after.rows[key]?.ring.skipped).toBe(2000);
  });

  it("of a preview that is not shown are dropped", () => {
    expect(applyRows(shown, [batch(0, 3, "other")]).rows).toEqual({});
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

  it("replaces the one before with its rows and counts", () => {
    const first = applyRows(showPreview(initialState, preview), [batch(0, 3)]);
    const after = showPreview(first, { ...preview, id: "p2", nodes: {} });
    expect(after.rows).toEqual({});
    expect(after.counts).toEqual({});
  });

  it("goes with its pipeline", () => {
    const shown = applyRows(showPreview(initialState, preview), [batch(0, 3)]);
    const after = run(shown, { seq: 1, type: "pipelineDeleted", id: "a" });
    expect(after.previews).toEqual({});
    expect(after.rows).toEqual({});
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
