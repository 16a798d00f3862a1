import type { Kind, KindField } from "../api/types";
import {
  edgeKey,
  isObject,
  nodeName,
  valueAt,
  type Json,
  type JsonObject,
  type Mode,
  type PipelineDocument,
  type PipelineEdge,
  type PipelineNode,
  type Position,
} from "./document";
import { freshId, numberedName, snakeCase, takenNames } from "./names";
import { setEdge, type Operation } from "./operations";

/** What one gesture does, with the name that undo shows. */
export interface Edit {
  label: string;
  operations: Operation[];
}

export function addNode(
  document: PipelineDocument,
  kind: Kind,
  position: Position,
): Edit & { id: string } {
  const id = freshId(document, kind.kind);
  const name = numberedName(takenNames(document), snakeCase(kind.kind));
  const node: PipelineNode = {
    kind: kind.kind,
    name,
    config: defaultConfig(kind),
    position,
    description: "",
  };
  return {
    id,
    label: `Add ${name}`,
    operations: [{ op: "set", path: ["nodes", id], value: node }],
  };
}

function defaultConfig(kind: Kind): JsonObject {
  let config: JsonObject = {};
  for (const field of kind.fields) {
    if (field.default !== undefined)
      config = withValue(config, field.path.split("."), field.default as Json);
  }
  return config;
}

function withValue(
  object: JsonObject,
  path: string[],
  value: Json,
): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  if (rest.length === 0) return { ...object, [key]: value };
  const child = object[key];
  return {
    ...object,
    [key]: withValue(isObject(child) ? child : {}, rest, value),
  };
}

export function connect(document: PipelineDocument, edge: PipelineEdge): Edit {
  const label = `Connect ${nodeName(document, edge.from)} to ${nodeName(document, edge.to)}`;
  return { label, operations: [setEdge(edge)] };
}

/** Deletes nodes, the edges at them, and further edges: one step. */
export function remove(
  document: PipelineDocument,
  nodes: string[],
  edges: string[],
): Edit {
  const gone = new Set(nodes.filter((id) => document.nodes[id]));
  const loose = document.edges.filter(
    (edge) =>
      edges.includes(edgeKey(edge)) &&
      !gone.has(edge.from) &&
      !gone.has(edge.to),
  );
  const operations: Operation[] = [
    ...loose.map((edge): Operation => ({
      op: "delete",
      path: ["edges", edgeKey(edge)],
    })),
    ...Array.from(gone, (id): Operation => ({
      op: "delete",
      path: ["nodes", id],
    })),
  ];
  return { label: removeLabel(document, [...gone], loose), operations };
}

function removeLabel(
  document: PipelineDocument,
  nodes: string[],
  edges: PipelineEdge[],
): string {
  const [node] = nodes;
  const [edge] = edges;
  if (nodes.length > 1) return `Delete ${nodes.length} nodes`;
  if (node !== undefined) return `Delete ${nodeName(document, node)}`;
  if (edges.length > 1) return `Delete ${edges.length} connections`;
  if (!edge) return "Delete nothing";
  return `Disconnect ${nodeName(document, edge.from)} from ${nodeName(document, edge.to)}`;
}

export function move(
  document: PipelineDocument,
  positions: ReadonlyMap<string, Position>,
): Edit {
  const operations: Operation[] = [];
  let last = "";
  for (const [id, position] of positions) {
    const node = document.nodes[id];
    if (
      !node ||
      (node.position.x === position.x && node.position.y === position.y)
    )
      continue;
    operations.push({
      op: "set",
      path: ["nodes", id, "position"],
      value: position,
    });
    last = node.name;
  }
  const label =
    operations.length === 1
      ? `Move ${last}`
      : `Move ${operations.length} nodes`;
  return { label, operations };
}

/** Sets a field of the node's config; undefined takes it out, with the objects that only held it. */
export function setField(
  document: PipelineDocument,
  id: string,
  field: Pick<KindField, "path" | "title">,
  value: Json | undefined,
): Edit {
  const label = `Edit ${field.title.toLowerCase()} of ${nodeName(document, id)}`;
  if (value !== undefined)
    return { label, operations: [setValue(id, field.path, value)] };
  const config = document.nodes[id]?.config ?? {};
  if (valueAt(config, field.path) === undefined)
    return { label, operations: [] };
  const path = ["nodes", id, "config", ...emptiedPath(config, field.path)];
  return { label, operations: [{ op: "delete", path }] };
}

function emptiedPath(config: JsonObject, path: string): string[] {
  let keys = path.split(".");
  for (; keys.length > 1; keys = keys.slice(0, -1)) {
    const holder = valueAt(config, keys.slice(0, -1).join("."));
    if (!isObject(holder) || Object.keys(holder).length > 1) break;
  }
  return keys;
}

export function setValue(id: string, path: string, value: Json): Operation {
  return {
    op: "set",
    path: ["nodes", id, "config", ...path.split(".")],
    value,
  };
}

export function describeNode(
  document: PipelineDocument,
  id: string,
  description: string,
): Edit {
  return {
    label: `Describe ${nodeName(document, id)}`,
    operations: [
      { op: "set", path: ["nodes", id, "description"], value: description },
    ],
  };
}

export function renamePipeline(name: string): Edit {
  return {
    label: `Rename pipeline to ${name}`,
    operations: [{ op: "set", path: ["name"], value: name }],
  };
}

export function setMode(mode: Mode): Edit {
  return {
    label: `Switch to ${mode}`,
    operations: [{ op: "set", path: ["mode"], value: mode }],
  };
}

export function setSetting(
  document: PipelineDocument,
  key: string,
  value: string | undefined,
): Edit {
  const path = ["settings", key];
  if (value !== undefined)
    return {
      label: `Set ${key}`,
      operations: [{ op: "set", path, value }],
    };
  const operations: Operation[] =
    key in document.settings ? [{ op: "delete", path }] : [];
  return { label: `Remove ${key}`, operations };
}
