import { beforeEach, describe, expect, test } from "vitest";
import { addNode, move, remove, setField } from "./edits";
import { testDocument, testKinds } from "./fixtures";
import { apply, type Operation } from "./operations";
import { randomNumbers, randomOperation } from "./random";
import { createDocumentStore, type DocumentStore } from "./store";

let store: DocumentStore;

beforeEach(() => {
  store = createDocumentStore();
  store.open("p1", { revision: 7, document: testDocument() });
});

const state = () => store.api.getState();

function set(id: string, value: string) {
  return setField(
    state().document,
    id,
    { path: "condition", title: "Condition" },
    value,
  );
}

describe("history", () => {
  test("random edits, then undo of all, end at the start; redo of all at the end", () => {
    for (let seed = 1; seed <= 60; seed++) {
      store.open("p1", { revision: 1, document: testDocument() });
      const random = randomNumbers(seed);
      for (let step = 0; step < 30; step++) {
        const operations = [randomOperation(state().document, random)];
        const burst = random(3) === 0 ? `burst-${random(2)}` : undefined;
        store.edit({ label: `Step ${step}`, operations }, burst);
      }
      const end = state().document;
      while (state().past.length > 0) store.undo();
      expect(state().document).toEqual(testDocument());
      while (state().future.length > 0) store.redo();
      expect(state().document).toEqual(end);
      const all = state().pending.flatMap((change) => change.operations);
      expect(apply(testDocument(), all)).toEqual({ ok: true, document: end });
    }
  });

  test("one gesture is one step with a name", () => {
    const { document } = state();
    store.edit(
      move(
        document,
        new Map([
          ["filter-1", { x: 8, y: 8 }],
          ["join-1", { x: 16, y: 8 }],
        ]),
      ),
    );
    store.edit(remove(state().document, ["filter-1", "join-1"], []));
    expect(state().past.map((step) => step.label)).toEqual([
      "Move 2 nodes",
      "Delete 2 nodes",
    ]);
    store.undo();
    expect(state().document.edges).toEqual(testDocument().edges);
    expect(state().future.at(-1)?.label).toBe("Delete 2 nodes");
  });

  test("typing in one field is one step, also where it made objects on its way", () => {
    const field = { path: "table.watermark.column", title: "Watermark" };
    for (const text of ["t", "ts", undefined, "tss"]) {
      store.edit(
        setField(state().document, "source-1", field, text),
        "focus-1",
      );
    }
    expect(state().past).toHaveLength(1);
    expect(state().pending).toHaveLength(1);
    store.undo();
    expect(state().document).toEqual(testDocument());
  });

  test("a new edit forgets what could be redone", () => {
    store.edit(set("filter-1", "a"));
    store.undo();
    store.edit(set("filter-1", "b"));
    expect(state().future).toEqual([]);
  });

  test("an edit that does not fit changes nothing and says so", () => {
    const operations: Operation[] = [
      { op: "set", path: ["nodes", "gone", "name"], value: "x" },
    ];
    expect(store.edit({ label: "Rename gone", operations })).toBe(false);
    expect(state().document).toEqual(testDocument());
    expect(state().notice?.text).toContain("Rename gone");
  });

  test("a deleted node is no longer selected", () => {
    store.select({ nodes: ["filter-1"], edges: ["filter-1->join-1:left"] });
    store.edit(remove(state().document, ["filter-1"], []));
    expect(state().selection).toEqual({ nodes: [], edges: [] });
  });
});

describe("the server's answers", () => {
  test("saved only when the answer has come and nothing else is pending", () => {
    store.edit(set("filter-1", "a"));
    expect(store.takeBatch()?.revision).toBe(7);
    store.edit(set("filter-1", "b"));
    expect(state().pending).toHaveLength(2);
    store.saved(8);
    expect(state()).toMatchObject({ revision: 8, save: { kind: "saving" } });
    store.takeBatch();
    store.saved(9);
    expect(state()).toMatchObject({
      revision: 9,
      save: { kind: "saved" },
      pending: [],
    });
  });

  test("a conflict puts our changes on top of the other document", () => {
    store.edit(set("filter-1", "ours"));
    store.edit(remove(state().document, ["source-2"], []));
    store.takeBatch();
    const theirs = testDocument();
    theirs.name = "renamed elsewhere";
    delete theirs.nodes["source-2"];
    theirs.edges = theirs.edges.filter((edge) => edge.from !== "source-2");
    store.conflicted({ revision: 12, document: theirs });
    expect(state().document.name).toBe("renamed elsewhere");
    expect(state().document.nodes["filter-1"]?.config).toEqual({
      condition: "ours",
    });
    expect(state()).toMatchObject({
      revision: 12,
      sending: 0,
      notice: undefined,
    });
  });

  test("what no longer applies is dropped and named", () => {
    store.edit(set("filter-1", "ours"));
    store.takeBatch();
    const theirs = testDocument();
    delete theirs.nodes["filter-1"];
    theirs.edges = [];
    store.conflicted({ revision: 12, document: theirs });
    expect(state()).toMatchObject({ pending: [], save: { kind: "saved" } });
    expect(state().notice?.text).toContain("“Edit condition of late”");
  });

  test("a new node whose name the other side took gets a free one", () => {
    const filter = testKinds.get("filter");
    if (filter) store.edit(addNode(state().document, filter, { x: 0, y: 0 }));
    const theirs = testDocument();
    theirs.nodes["filter-9"] = {
      ...testDocument().nodes["filter-1"],
      name: "filter_1",
    } as never;
    store.conflicted({ revision: 12, document: theirs });
    const names = Object.values(state().document.nodes).map(
      (node) => node.name,
    );
    expect(names).toContain("filter_2");
  });

  test("after a refusal the document is the server's and the rest is kept", () => {
    store.edit(set("filter-1", "bad"));
    store.takeBatch();
    store.edit(set("join-1", "good"));
    store.refused({ revision: 7, document: testDocument() }, "too long");
    expect(state().document.nodes["filter-1"]?.config).toEqual({
      condition: "delay > 15",
    });
    expect(state().document.nodes["join-1"]?.config).toEqual({
      condition: "good",
    });
    expect(state().notice?.text).toContain("too long");
  });

  test("another tab's document is taken only while nothing is unsaved", () => {
    const theirs = { ...testDocument(), name: "theirs" };
    store.edit(set("filter-1", "ours"));
    store.adopt({ revision: 8, document: theirs });
    expect(state().document.name).toBe("delays");
    store.takeBatch();
    store.saved(8);
    store.adopt({ revision: 9, document: theirs });
    expect(state()).toMatchObject({
      revision: 9,
      document: { name: "theirs" },
    });
  });
});
