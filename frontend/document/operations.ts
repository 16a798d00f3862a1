import { applySample, applyTest, withoutSample } from "./sampleOperations";
import {
  compareEdges,
  edgeKey,
  isObject,
  type Json,
  type JsonObject,
  type PipelineDocument,
  type PipelineEdge,
  type PipelineNode,
  type Position,
} from "./document";

/** One change of one path; the server applies the same list with the same meaning. */
export type Operation =
  | { op: "set"; path: string[]; value: unknown }
  | { op: "delete"; path: string[] };

export type Applied =
  { ok: true; document: PipelineDocument } | { ok: false; reason: string };

/** Applies all of the operations or none, as graph.Apply does on the server. */
export function apply(
  document: PipelineDocument,
  operations: readonly Operation[],
): Applied {
  let result = document;
  for (const operation of operations) {
    const next = applyOne(result, operation);
    if (typeof next === "string") return { ok: false, reason: next };
    result = next;
  }
  return { ok: true, document: result };
}

/** The new document, or the sentence that says why the operation does not fit it. */
export function applyOne(
  document: PipelineDocument,
  operation: Operation,
): PipelineDocument | string {
  const [head, ...rest] = operation.path;
  switch (head) {
    case "name":
    case "mode":
      return applyRoot(document, head, rest, operation);
    case "settings":
      return applySetting(document, rest, operation);
    case "nodes":
      return applyNode(document, rest, operation);
    case "edges":
      return applyEdge(document, rest, operation);
    case "samples":
      return applySample(document, rest, operation);
    case "tests":
      return applyTest(document, rest, operation);
    default:
      return `A document has no "${head ?? ""}".`;
  }
}

function applyRoot(
  document: PipelineDocument,
  key: "name" | "mode",
  rest: string[],
  operation: Operation,
): PipelineDocument | string {
  if (rest.length > 0 || operation.op === "delete")
    return `The pipeline's ${key} can only be set.`;
  const { value } = operation;
  if (key === "name") {
    return typeof value === "string"
      ? { ...document, name: value }
      : "The pipeline's name is a text.";
  }
  return value === "streaming" || value === "batch"
    ? { ...document, mode: value }
    : "The mode is streaming or batch.";
}

function applySetting(
  document: PipelineDocument,
  rest: string[],
  operation: Operation,
): PipelineDocument | string {
  const [key] = rest;
  if (key === undefined || rest.length > 1)
    return "A setting's path is its key.";
  if (operation.op === "delete") {
    return { ...document, settings: without(document.settings, key) };
  }
  if (typeof operation.value !== "string") return `Setting "${key}" is a text.`;
  return {
    ...document,
    settings: { ...document.settings, [key]: operation.value },
  };
}

function applyEdge(
  document: PipelineDocument,
  rest: string[],
  operation: Operation,
): PipelineDocument | string {
  const [key] = rest;
  if (key === undefined || rest.length > 1) return "An edge's path is its key.";
  const others = document.edges.filter((edge) => edgeKey(edge) !== key);
  if (operation.op === "delete") {
    return others.length === document.edges.length
      ? document
      : { ...document, edges: others };
  }
  const edge = operation.value;
  if (!isEdge(edge) || edgeKey(edge) !== key)
    return `Edge ${key} does not match its key.`;
  for (const end of [edge.from, edge.to]) {
    if (!Object.hasOwn(document.nodes, end))
      return `There is no node ${end} to connect.`;
  }
  return { ...document, edges: [...others, edge].sort(compareEdges) };
}

function applyNode(
  document: PipelineDocument,
  rest: string[],
  operation: Operation,
): PipelineDocument | string {
  const [id, ...inner] = rest;
  if (id === undefined) return "A node's path has its id.";
  if (inner.length === 0) return applyWholeNode(document, id, operation);
  const node = Object.hasOwn(document.nodes, id)
    ? document.nodes[id]
    : undefined;
  if (!node) return `There is no node ${id}.`;
  const changed = changeNode(node, inner, operation);
  if (typeof changed === "string") return changed;
  return { ...document, nodes: { ...document.nodes, [id]: changed } };
}

function applyWholeNode(
  document: PipelineDocument,
  id: string,
  operation: Operation,
): PipelineDocument | string {
  if (operation.op === "set") {
    if (!isNode(operation.value)) return `Node ${id} is not complete.`;
    return { ...document, nodes: { ...document.nodes, [id]: operation.value } };
  }
  if (!Object.hasOwn(document.nodes, id)) return document;
  return {
    ...withoutSample(document, id),
    nodes: without(document.nodes, id),
    edges: document.edges.filter((edge) => edge.from !== id && edge.to !== id),
  };
}

function changeNode(
  node: PipelineNode,
  path: string[],
  operation: Operation,
): PipelineNode | string {
  const [key, ...rest] = path;
  if (key === "config" && rest.length > 0) {
    const config = changeObject(node.config, rest, operation);
    return typeof config === "string" ? config : { ...node, config };
  }
  if (rest.length > 0 || operation.op === "delete")
    return `A node's ${key ?? ""} can only be set.`;
  const { value } = operation;
  switch (key) {
    case "name":
    case "kind":
    case "description":
      return typeof value === "string"
        ? { ...node, [key]: value }
        : `A node's ${key} is a text.`;
    case "position":
      return isPosition(value)
        ? { ...node, position: value }
        : "A position is x and y.";
    case "config":
      return isObject(value as Json)
        ? { ...node, config: value as JsonObject }
        : "A config is an object.";
    default:
      return `A node has no "${key ?? ""}".`;
  }
}

/** Walks to the object that holds the last key; a set makes the objects on its way. */
function changeObject(
  object: JsonObject,
  path: string[],
  operation: Operation,
): JsonObject | string {
  const [key, ...rest] = path;
  if (key === undefined) return "The path ends too early.";
  const exists = Object.hasOwn(object, key);
  if (!exists && operation.op === "delete") return object;
  if (rest.length > 0) {
    const child = exists ? object[key] : {};
    if (!isObject(child)) return `"${key}" holds a value, not an object.`;
    const changed = changeObject(child, rest, operation);
    return typeof changed === "string"
      ? changed
      : { ...object, [key]: changed };
  }
  return operation.op === "set"
    ? { ...object, [key]: operation.value as Json }
    : without(object, key);
}

export function setEdge(edge: PipelineEdge): Operation {
  return { op: "set", path: ["edges", edgeKey(edge)], value: edge };
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _, ...others } = record;
  return others;
}

function isPosition(value: unknown): value is Position {
  const position = value as Partial<Position> | null;
  return Number.isFinite(position?.x) && Number.isFinite(position?.y);
}

function isEdge(value: unknown): value is PipelineEdge {
  const edge = value as Partial<PipelineEdge> | null;
  return [edge?.from, edge?.to, edge?.port].every(
    (part) => typeof part === "string",
  );
}

function isNode(value: unknown): value is PipelineNode {
  const node = value as Partial<PipelineNode> | null;
  return (
    typeof node?.kind === "string" &&
    typeof node.name === "string" &&
    typeof node.description === "string" &&
    isObject(node.config) &&
    isPosition(node.position)
  );
}
