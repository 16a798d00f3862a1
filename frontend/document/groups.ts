import type { KindField } from "../api/types";
import {
  isObject,
  valueAt,
  type Json,
  type JsonObject,
  type PipelineDocument,
} from "./document";
import { setField, setValue, type Edit } from "./edits";
import { apply } from "./operations";

/** What a node groups by, in its order: columns by name, and computed dimensions by the names that they get. */
export function groupsOf(config: JsonObject): string[] {
  return [...listAt(config, "groupBy"), ...listAt(config, "dimensions")].map(
    (item) => {
      const name = isObject(item) ? item["name"] : item;
      return typeof name === "string" ? name : "";
    },
  );
}

function listAt(config: JsonObject, path: string): Json[] {
  const value = valueAt(config, path);
  return Array.isArray(value) ? value : [];
}

/** Sets a field; where that gives a group another name, the node's sets say the new one in the same step. */
export function setFieldAndSets(
  document: PipelineDocument,
  id: string,
  field: Pick<KindField, "path" | "title">,
  value: Json | undefined,
): Edit {
  const edit = setField(document, id, field, value);
  const config = document.nodes[id]?.config ?? {};
  const applied = apply(document, edit.operations);
  const after = applied.ok ? (applied.document.nodes[id]?.config ?? {}) : {};
  const renamed = renamedGroup(groupsOf(config), groupsOf(after));
  const sets = listAt(after, "sets");
  if (!renamed || sets.length === 0) return edit;
  const rewritten = sets.map((set) =>
    Array.isArray(set)
      ? set.map((name) => (name === renamed.from ? renamed.to : name))
      : set,
  );
  const follow = setValue(id, "sets", rewritten);
  return { ...edit, operations: [...edit.operations, follow] };
}

/** The one name that changed in its place, when it stood for one group only. */
function renamedGroup(
  before: readonly string[],
  after: readonly string[],
): { from: string; to: string } | undefined {
  if (before.length !== after.length) return undefined;
  const changed = before.flatMap((from, index) => {
    const to = after[index] ?? "";
    return from === to ? [] : [{ from, to }];
  });
  const [only] = changed;
  return changed.length === 1 && only && !after.includes(only.from)
    ? only
    : undefined;
}
