import { expect, test } from "vitest";
import { clipOf, parseClip, paste } from "./clipboard";
import { testDocument } from "./fixtures";
import { apply } from "./operations";

test("copies come with the edges between them, new ids and free names", () => {
  const document = testDocument();
  const clip = parseClip(
    JSON.stringify(clipOf(document, ["filter-1", "join-1"])),
  );
  if (!clip) throw new Error("not a clip");
  const edit = paste(document, clip);
  const applied = apply(document, edit.operations);
  if (!applied.ok) throw new Error(applied.reason);
  const names = edit.nodes.map((id) => applied.document.nodes[id]?.name);
  expect(names.toSorted()).toEqual(["late_1", "named_1"]);
  expect(applied.document.edges).toHaveLength(document.edges.length + 1);
  expect(edit.label).toBe("Paste 2 nodes");
});

test.each(["", "SELECT 1", "[]", "{}", '{"nodes":{"a":{"kind":1}}}', "null"])(
  "a text that is no clip is left alone: %j",
  (text) => expect(parseClip(text)).toBeUndefined(),
);
