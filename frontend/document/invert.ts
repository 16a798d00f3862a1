import { edgeKey, type PipelineDocument, type PipelineEdge } from "./document";
import { applyOne, type Operation, setEdge } from "./operations";

/** The operations that take the document back to what it was before `operations`, which must apply to it. */
export function invert(
  document: PipelineDocument,
  operations: readonly Operation[],
): Operation[] {
  const inverse: Operation[][] = [];
  let at = document;
  for (const operation of operations) {
    const next = applyOne(at, operation);
    if (typeof next === "string") break;
    inverse.push(invertOne(at, operation.path));
    at = next;
  }
  return inverse.reverse().flat();
}

function invertOne(document: PipelineDocument, path: string[]): Operation[] {
  const [head, id] = path;
  if (head === "nodes" && path.length === 2 && id !== undefined)
    return invertNode(document, id);
  if (head === "samples" && id !== undefined) path = path.slice(0, 2); // "live" may be there or not: the whole sample
  const before =
    head === "edges" ? edgeAt(document, id) : readPath(document, path);
  if (before !== undefined) return [{ op: "set", path, value: before }];
  return [
    {
      op: "delete",
      path: head === "nodes" ? firstMissing(document, path) : path,
    },
  ];
}

/** A set made the objects on its way, so taking it back deletes from the first that was missing. */
function firstMissing(document: PipelineDocument, path: string[]): string[] {
  const length = path.findIndex(
    (_, index) => readPath(document, path.slice(0, index + 1)) === undefined,
  );
  return path.slice(0, length + 1);
}

function invertNode(document: PipelineDocument, id: string): Operation[] {
  const node = Object.hasOwn(document.nodes, id)
    ? document.nodes[id]
    : undefined;
  if (!node) return [{ op: "delete", path: ["nodes", id] }];
  const edges = document.edges.filter(
    (edge) => edge.from === id || edge.to === id,
  );
  const sample = document.samples?.[id];
  return [
    { op: "set", path: ["nodes", id], value: node },
    ...edges.map(setEdge),
    ...(sample
      ? [{ op: "set" as const, path: ["samples", id], value: sample }]
      : []),
  ];
}

function edgeAt(
  document: PipelineDocument,
  key: string | undefined,
): PipelineEdge | undefined {
  return document.edges.find((edge) => edgeKey(edge) === key);
}

function readPath(document: PipelineDocument, path: string[]): unknown {
  let at: unknown = document;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key))
      return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
