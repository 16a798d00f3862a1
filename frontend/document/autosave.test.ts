import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  batchLabel,
  startAutosave,
  type SaveAnswer,
  type SaveRequest,
} from "./autosave";
import { setField } from "./edits";
import { testDocument } from "./fixtures";
import { apply } from "./operations";
import { createDocumentStore, type DocumentStore } from "./store";
import type { ServerDocument } from "./state";

/** A server in memory with the revisions of the real one. */
class FakeServer {
  current: ServerDocument = { revision: 1, document: testDocument() };
  requests: SaveRequest[] = [];
  /** Answers that come before the real one. */
  faults: (SaveAnswer | "lost answer")[] = [];

  save = async (_: string, request: SaveRequest): Promise<SaveAnswer> => {
    this.requests.push(request);
    const fault = this.faults.shift();
    if (fault !== undefined && fault !== "lost answer") return fault;
    if (request.revision !== this.current.revision)
      return { kind: "conflict", ...this.current };
    const applied = apply(this.current.document, request.operations);
    if (!applied.ok) return { kind: "refused", reason: applied.reason };
    this.current = {
      revision: this.current.revision + 1,
      document: applied.document,
    };
    if (fault === "lost answer") return { kind: "failed", reason: "no answer" };
    return { kind: "saved", revision: this.current.revision };
  };

  load = async () => this.current;
}

let store: DocumentStore;
let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  store = createDocumentStore();
  server = new FakeServer();
  store.open("p1", server.current);
});

afterEach(() => vi.useRealTimers());

const state = () => store.api.getState();

function type(value: string) {
  const field = { path: "condition", title: "Condition" };
  store.edit(setField(state().document, "filter-1", field, value));
}

test("edits of one moment are one request within a second", async () => {
  startAutosave(store, server);
  type("a");
  store.edit({
    label: "Rename",
    operations: [{ op: "set", path: ["name"], value: "n" }],
  });
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.requests).toHaveLength(1);
  expect(server.current.document).toEqual(state().document);
  expect(state().save.kind).toBe("saved");
});

test("a failure keeps the changes, says why, and tries again with pauses that grow", async () => {
  const failed: SaveAnswer = { kind: "failed", reason: "no answer" };
  server.faults = [failed, failed];
  startAutosave(store, server);
  type("a");
  await vi.advanceTimersByTimeAsync(500);
  expect(state().save).toEqual({
    kind: "failed",
    reason: "no answer",
    retrying: true,
  });
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.requests).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.requests).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(state().save.kind).toBe("saved");
  expect(server.current.document).toEqual(state().document);
});

test("an answer that was lost does no harm: the save is recognised as a conflict and repeated", async () => {
  server.faults = ["lost answer"];
  startAutosave(store, server);
  type("a");
  await vi.advanceTimersByTimeAsync(5000);
  expect(state().save.kind).toBe("saved");
  expect(server.current.document.nodes["filter-1"]?.config).toEqual({
    condition: "a",
  });
  expect(state().document).toEqual(server.current.document);
});

test("a conflict is rebased and sent again", async () => {
  startAutosave(store, server);
  type("ours");
  server.current = {
    revision: 5,
    document: { ...server.current.document, name: "theirs" },
  };
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.current).toMatchObject({
    revision: 6,
    document: { name: "theirs" },
  });
  expect(state()).toMatchObject({ revision: 6, save: { kind: "saved" } });
  expect(state().document).toEqual(server.current.document);
});

test("a refused change is taken back and named", async () => {
  server.faults = [{ kind: "refused", reason: "The value is too long." }];
  startAutosave(store, server);
  type("bad");
  await vi.advanceTimersByTimeAsync(1000);
  expect(state().document).toEqual(server.current.document);
  expect(state().notice?.text).toContain("too long");
  expect(state().save.kind).toBe("saved");
});

test("a pipeline that is gone is not asked for again", async () => {
  server.faults = [{ kind: "gone", reason: "The pipeline was deleted." }];
  startAutosave(store, server);
  type("a");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.requests).toHaveLength(1);
  expect(state().save).toEqual({
    kind: "failed",
    reason: "The pipeline was deleted.",
    retrying: false,
  });
});

test("one request is under way at a time, in order", async () => {
  startAutosave(store, server);
  type("a");
  await vi.advanceTimersByTimeAsync(250);
  type("b");
  await vi.advanceTimersByTimeAsync(1000);
  expect(server.requests.map((request) => request.revision)).toEqual([1, 2]);
  expect(server.current.document.nodes["filter-1"]?.config).toEqual({
    condition: "b",
  });
});

test("a batch is named after what is in it", () => {
  expect(batchLabel(["Move a", "Move a"])).toBe("Move a");
  expect(batchLabel(["Move a", "Add b"])).toBe("Move a, Add b");
  expect(batchLabel(["Move a", "Add b", "Add c"])).toBe("Move a and 2 more");
});
