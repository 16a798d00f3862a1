import {
  isObject,
  type Json,
  type PipelineDocument,
  type PipelineEdge,
  type PipelineNode,
} from "./document";
import type { Edit } from "./edits";
import { freshId, freshName, takenNames } from "./names";
import { setEdge, type Operation } from "./operations";

// Nodes on the clipboard are plain JSON: part of a document, so that they can be pasted into an editor or a chat.

export interface Clip {
  nodes: Record<string, PipelineNode>;
  edges: PipelineEdge[];
}

const SHIFT = 32;

/** The nodes and the edges between them. */
export function clipOf(
  document: PipelineDocument,
  ids: readonly string[],
): Clip {
  const chosen = new Set(ids);
  return {
    nodes: Object.fromEntries(
      Object.entries(document.nodes).filter(([id]) => chosen.has(id)),
    ),
    edges: document.edges.filter(
      (edge) => chosen.has(edge.from) && chosen.has(edge.to),
    ),
  };
}

/** The nodes that a pasted text holds; undefined when it is not about nodes. */
export function parseClip(text: string): Clip | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isObject(value) || !isObject(value["nodes"])) return undefined;
  const nodes = Object.entries(value["nodes"]).filter(isNodeEntry);
  const edges = Array.isArray(value["edges"]) ? value["edges"] : [];
  return nodes.length === 0
    ? undefined
    : { nodes: Object.fromEntries(nodes), edges: edges.filter(isEdge) };
}

function isNodeEntry(entry: [string, Json]): entry is [string, never] {
  const node = entry[1];
  return (
    isObject(node) &&
    typeof node["kind"] === "string" &&
    typeof node["name"] === "string" &&
    isObject(node["config"])
  );
}

function isEdge(edge: Json): edge is never {
  return (
    isObject(edge) &&
    [edge["from"], edge["to"], edge["port"]].every(
      (part) => typeof part === "string",
    )
  );
}

/** Puts copies in, a little beside the originals, with new ids and free names: one step. */
export function paste(
  document: PipelineDocument,
  clip: Clip,
): Edit & { nodes: string[] } {
  const taken = takenNames(document);
  const ids = new Map<string, string>();
  const operations: Operation[] = [];
  for (const [old, node] of Object.entries(clip.nodes)) {
    const id = freshId(document, node.kind);
    const name = freshName(taken, node.name);
    taken.add(name);
    ids.set(old, id);
    const { x, y } = node.position ?? { x: 0, y: 0 };
    const value: PipelineNode = {
      kind: node.kind,
      name,
      config: node.config,
      position: { x: x + SHIFT, y: y + SHIFT },
      description: node.description ?? "",
    };
    operations.push({ op: "set", path: ["nodes", id], value });
  }
  for (const edge of clip.edges) {
    const from = ids.get(edge.from);
    const to = ids.get(edge.to);
    if (from && to) operations.push(setEdge({ from, to, port: edge.port }));
  }
  const [first] = Object.values(clip.nodes);
  const label =
    ids.size === 1 ? `Paste ${first?.name ?? ""}` : `Paste ${ids.size} nodes`;
  return { label, operations, nodes: [...ids.values()] };
}

export function duplicate(
  document: PipelineDocument,
  ids: readonly string[],
): Edit & { nodes: string[] } {
  const edit = paste(document, clipOf(document, ids));
  return { ...edit, label: edit.label.replace("Paste", "Duplicate") };
}
