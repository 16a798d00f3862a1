import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Edited, Finding } from "../api/types";
import type { PipelineDocument } from "../document/document";
import { testDocument } from "../document/fixtures";
import { createDocumentStore } from "../document/store";
import { changeText } from "./answers";
import { createDrafts } from "./draft";

// The server of these tests reads "late: <condition>" as the condition of `late`, and refuses a text with "mistake".

function answer(document: PipelineDocument, script: string): Edited {
  if (script.includes("mistake")) {
    const start = new TextEncoder().encode(
      script.slice(0, script.indexOf("mistake")),
    ).length;
    return { operations: [], diagnostics: [finding(start, start + 7)] };
  }
  const condition = /late: (.*)/.exec(script)?.[1];
  const path = ["nodes", "filter-1"];
  const had = document.nodes["filter-1"];
  if (condition === undefined)
    return { operations: [{ op: "delete", path }], diagnostics: [] };
  return had?.config["condition"] === condition
    ? { operations: [], diagnostics: [] }
    : {
        operations: [
          {
            op: "set",
            path: [...path, "config", "condition"],
            value: condition,
          },
        ],
        diagnostics: [],
      };
}

function finding(start: number, end: number): Finding {
  return {
    node: "",
    field: "",
    severity: "error",
    code: "syntax",
    summary: "Not SQL",
    detail: "",
    start,
    end,
  };
}

const script = "late: delay > 15";

function setUp(ask = answer) {
  const documents = createDocumentStore();
  documents.open("p", { revision: 1, document: testDocument() });
  const asked: string[] = [];
  const drafts = createDrafts(documents, async (document, text) => {
    asked.push(text);
    return await Promise.resolve(ask(document, text));
  });
  const state = () => documents.api.getState();
  const shown = { script, document: state().document };
  const condition = () =>
    state().document.nodes["filter-1"]?.config["condition"];
  const draft = () => drafts.api.getState()["p"];
  return { documents, drafts, asked, state, shown, condition, draft };
}

const pause = () => vi.advanceTimersByTimeAsync(500);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a text is read after a rest and becomes one undo step", async () => {
  const { drafts, documents, asked, state, shown, condition, draft } = setUp();
  drafts.type("late: delay > 1", shown);
  drafts.type("late: delay > 16");
  expect(draft()?.phase.kind).toBe("typing");
  await pause();
  expect(asked).toEqual(["late: delay > 16"]);
  expect(condition()).toBe("delay > 16");
  expect(draft()?.phase).toMatchObject({
    kind: "taken",
    change: { changed: ["late"], added: [], removed: [] },
  });
  expect(state().past.map(({ label }) => label)).toEqual(["Edit SQL"]);
  documents.undo();
  expect(condition()).toBe("delay > 15");
});

test("pauses while one node is written are one undo step", async () => {
  const { drafts, documents, state, shown, condition } = setUp();
  drafts.type("late: delay > 1", shown);
  await pause();
  drafts.type("late: delay > 17");
  await pause();
  expect(state().past).toHaveLength(1);
  documents.undo();
  expect(condition()).toBe("delay > 15");
});

test("a mistake changes nothing and stands at its characters", async () => {
  const { drafts, state, shown, draft } = setUp();
  const before = state().document;
  drafts.type("-- größer 👍\nlate: mistake", shown);
  await pause();
  expect(state().document).toBe(before);
  expect(draft()?.phase.kind).toBe("refused");
  const [found] = draft()?.findings ?? [];
  expect(draft()?.text.slice(found?.from, found?.to)).toBe("mistake");
  expect(found?.line).toBe(2);
});

test("a node that is cut and pasted again is the node it was", async () => {
  const { drafts, state, shown } = setUp();
  const before = state().document;
  drafts.type("nothing", shown);
  await pause();
  expect(state().document.nodes["filter-1"]).toBeUndefined();
  drafts.type(`-- moved\n${script}`);
  await pause();
  expect(state().document).toEqual(before);
});

test("a text that is as it was before is no draft", async () => {
  const { drafts, asked, shown, draft } = setUp();
  drafts.type("late: x", shown);
  drafts.type(script);
  await pause();
  expect(draft()).toBeUndefined();
  expect(asked).toEqual([]);
});

test("a pipeline that changed beside the draft waits for the person's word, and keeps both", async () => {
  const { drafts, documents, asked, state, shown, condition, draft } = setUp();
  drafts.type("late: delay > 99", shown);
  documents.edit({
    label: "Rename",
    operations: [{ op: "set", path: ["nodes", "join-1", "name"], value: "x" }],
  });
  await pause();
  expect(asked).toEqual([]);
  expect(draft()?.text).toBe("late: delay > 99");
  await drafts.send(true);
  expect(condition()).toBe("delay > 99");
  expect(state().document.nodes["join-1"]?.name).toBe("x");
});

test("an undo while the text is read is not undone by the answer", async () => {
  const { drafts, documents, shown, condition, draft } = setUp();
  drafts.type("late: delay > 98", shown);
  await pause();
  drafts.type("late: delay > 99");
  drafts.leave();
  documents.undo();
  await pause();
  expect(condition()).toBe("delay > 15");
  expect(draft()).toMatchObject({
    text: "late: delay > 99",
    phase: { kind: "typing" },
  });
});

test("a text that says nothing new is taken, whatever came between", async () => {
  const { drafts, documents, shown, condition, draft } = setUp();
  drafts.type("late: delay > 98", shown);
  await pause();
  drafts.type("-- \nlate: delay > 98");
  drafts.leave();
  documents.undo();
  await pause();
  expect(condition()).toBe("delay > 15");
  expect(draft()?.phase.kind).toBe("taken");
});

test("nodes that are only moved do not part the draft from its pipeline", async () => {
  const { drafts, documents, shown, condition, state } = setUp();
  drafts.type("late: delay > 99", shown);
  const path = ["nodes", "filter-1", "position"];
  documents.edit({
    label: "Move",
    operations: [{ op: "set", path, value: { x: 7, y: 7 } }],
  });
  await pause();
  expect(condition()).toBe("delay > 99");
  expect(state().document.nodes["filter-1"]?.position).toEqual({ x: 7, y: 7 });
});

test("leaving the text has it read at once", async () => {
  const { drafts, asked, shown, draft } = setUp();
  drafts.type("late: x", shown);
  drafts.leave();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["late: x"]);
  expect(draft()).toMatchObject({ left: true, phase: { kind: "taken" } });
});

test("what could not be sent says why and is still there", async () => {
  const { drafts, shown, draft } = setUp(() => {
    throw new Error("The server does not answer.");
  });
  drafts.type("late: x", shown);
  await pause();
  expect(draft()).toMatchObject({
    text: "late: x",
    phase: { kind: "failed", reason: "The server does not answer." },
  });
});

test("a draft waits while another pipeline is open", async () => {
  const { drafts, documents, shown } = setUp();
  drafts.type("late: mistake", shown);
  await pause();
  documents.open("q", { revision: 1, document: testDocument() });
  expect(drafts.api.getState()["q"]).toBeUndefined();
  documents.open("p", { revision: 1, document: testDocument() });
  await drafts.send();
  expect(drafts.api.getState()["p"]?.phase.kind).toBe("refused");
});

test.each([
  [{ changed: ["late"] }, "late changed"],
  [{ changed: ["a", "b"], added: ["c"] }, "c added, 2 nodes changed"],
  [{ removed: ["a"], other: true }, "a removed"],
  [{ other: true }, "settings changed"],
  [{}, "it says the same"],
])("what changed is told: %o", (part, words) => {
  const nothing = { added: [], changed: [], removed: [], other: false };
  expect(changeText({ ...nothing, ...part })).toBe(words);
});
