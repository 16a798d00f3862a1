import type { PipelineDocument, PipelineNode } from "./document";
import { freshName, nameProblem, takenNames } from "./names";
import { applyOne, type Operation } from "./operations";

/** Operations on their way to the server, with the name of the gesture that made them. */
export interface Change {
  label: string;
  operations: Operation[];
}

export interface Rebased {
  document: PipelineDocument;
  changes: Change[];
  /** Labels of changes of which something no longer applied. */
  dropped: string[];
}

/** Puts changes on top of another document; what does not fit it any more is left out and named. */
export function rebase(
  document: PipelineDocument,
  changes: readonly Change[],
): Rebased {
  let at = document;
  const kept: Change[] = [];
  const dropped = new Set<string>();
  for (const { label, operations } of changes) {
    const fitting: Operation[] = [];
    for (const operation of operations) {
      const adjusted = withFreeName(at, operation);
      const next = adjusted && applyOne(at, adjusted);
      if (adjusted && next && typeof next !== "string") {
        fitting.push(adjusted);
        at = next;
      } else if (operation.op === "set") {
        dropped.add(label); // a delete from a node that is gone has come true already
      }
    }
    if (fitting.length > 0) kept.push({ label, operations: fitting });
  }
  return { document: at, changes: kept, dropped: [...dropped] };
}

/** A new node takes a free name when the other side took its own; a rename to a taken name is given up. */
function withFreeName(
  document: PipelineDocument,
  operation: Operation,
): Operation | undefined {
  const [head, id, part] = operation.path;
  if (operation.op === "delete" || head !== "nodes" || id === undefined)
    return operation;
  if (part === "name") {
    return nameProblem(document, id, String(operation.value))
      ? undefined
      : operation;
  }
  if (part !== undefined) return operation;
  const node = operation.value as PipelineNode;
  const taken = takenNames(document);
  if (document.nodes[id]?.name === node.name || !taken.has(node.name))
    return operation;
  return {
    ...operation,
    value: { ...node, name: freshName(taken, node.name) },
  };
}
