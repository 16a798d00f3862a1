import type { Edge, Node } from "@xyflow/react";
import type { Diagnostic, Kind } from "../api/types";
import {
  NO_COLUMNS,
  NO_DIAGNOSTICS,
  type Analysis,
  type Column,
} from "../document/analysis";
import {
  edgeKey,
  sameJson,
  type PipelineDocument,
  type PipelineEdge,
  type PipelineNode,
  type Position,
} from "../document/document";
import type { Kinds } from "../document/kind";
import type { Selection } from "../document/state";
import { cardHandles, cardSize, OUTPUT } from "./cardLayout";

/** All that a card shows besides live figures, which it reads itself. */
interface CardData extends Record<string, unknown> {
  node: PipelineNode;
  kind: Kind | undefined;
  columns: readonly Column[];
  problems: readonly Diagnostic[];
  /** The input ports at which an edge ends, with spaces between. */
  usedPorts: string;
}

export type CardNode = Node<CardData, "card">;
export type FlowEdge = Edge<Record<string, unknown>, "flow">;

interface Ingredients extends CardData {
  position: Position;
  selected: boolean;
}

/** Makes React Flow's nodes and edges, the same objects for what has not changed, so that it redraws only the rest. */
export class FlowCache {
  private readonly nodes = new Map<string, [Ingredients, CardNode]>();
  private readonly edges = new Map<string, FlowEdge>();

  nodesOf(
    document: PipelineDocument,
    kinds: Kinds,
    { columns, byNode }: Pick<Analysis, "columns" | "byNode">,
    selection: Selection,
    moving: ReadonlyMap<string, Position>,
  ): CardNode[] {
    const selected = new Set(selection.nodes);
    const used = portsByNode(document);
    return Object.entries(document.nodes).map(([id, node]) =>
      this.nodeOf(id, {
        node,
        kind: kinds.get(node.kind),
        columns: columns.get(id) ?? NO_COLUMNS,
        problems: byNode.get(id) ?? NO_DIAGNOSTICS,
        usedPorts: used.get(id) ?? "",
        position: moving.get(id) ?? node.position,
        selected: selected.has(id),
      }),
    );
  }

  edgesOf(document: PipelineDocument, selection: Selection): FlowEdge[] {
    const selected = new Set(selection.edges);
    return document.edges.map((edge) => {
      const key = edgeKey(edge);
      const cached = this.edges.get(key);
      if (cached?.selected === selected.has(key)) return cached;
      const made = makeEdge(document, key, edge, selected.has(key));
      this.edges.set(key, made);
      return made;
    });
  }

  private nodeOf(id: string, from: Ingredients): CardNode {
    const [before, cached] = this.nodes.get(id) ?? [];
    if (before && cached && sameIngredients(before, from)) return cached;
    const made = makeNode(id, from);
    this.nodes.set(id, [from, made]);
    return made;
  }
}

function portsByNode({ edges }: PipelineDocument): Map<string, string> {
  const ports = new Map<string, string>();
  for (const { to, port } of edges)
    ports.set(to, `${ports.get(to) ?? ""} ${port}`);
  return ports;
}

function sameIngredients(a: Ingredients, b: Ingredients): boolean {
  return (
    a.node === b.node &&
    a.kind === b.kind &&
    sameJson(a.columns, b.columns) &&
    sameJson(a.problems, b.problems) &&
    a.usedPorts === b.usedPorts &&
    a.position === b.position &&
    a.selected === b.selected
  );
}

function makeNode(
  id: string,
  { position, selected, ...data }: Ingredients,
): CardNode {
  const size = cardSize(data.kind, data.columns.length);
  return {
    id,
    type: "card",
    position,
    selected,
    data,
    ...size,
    measured: size,
    handles: cardHandles(data.kind),
    ariaRole: "group",
    ariaLabel: cardLabel(data),
  };
}

function cardLabel({ node, kind, problems }: CardData): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const words =
    errors === 0 ? "" : `, ${errors} problem${errors > 1 ? "s" : ""}`;
  return `${node.name}, ${kind?.title ?? node.kind}${words}`;
}

function makeEdge(
  document: PipelineDocument,
  key: string,
  edge: PipelineEdge,
  selected: boolean,
): FlowEdge {
  const from = document.nodes[edge.from]?.name ?? edge.from;
  const to = document.nodes[edge.to]?.name ?? edge.to;
  return {
    id: key,
    type: "flow",
    source: edge.from,
    sourceHandle: OUTPUT,
    target: edge.to,
    targetHandle: edge.port,
    selected,
    ariaLabel: `From ${from} to ${to}`,
  };
}
