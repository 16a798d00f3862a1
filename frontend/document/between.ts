import {
  edgeKey,
  isObject,
  sameJson,
  type JsonObject,
  type PipelineDocument,
  type PipelineNode,
} from "./document";
import { setEdge, type Operation } from "./operations";

/** The operations that make `b` of `a`, one for each path that differs, as graph.Between has them on the server. */
export function between(a: PipelineDocument, b: PipelineDocument): Operation[] {
  return [
    ...(a.name === b.name ? [] : [set(["name"], b.name)]),
    ...(a.mode === b.mode ? [] : [set(["mode"], b.mode)]),
    ...objectOperations(["settings"], a.settings, b.settings),
    ...graphOperations(a, b),
    ...wholeOperations("samples", keptSamples(a, b), b.samples),
    ...wholeOperations("tests", a.tests, b.tests),
  ];
}

/** Whether two documents say the same, wherever their nodes stand and whatever their samples are; unlike sameLogic also when they were loaded apart. */
export function sameMeaning(a: PipelineDocument, b: PipelineDocument): boolean {
  return (
    a === b ||
    between(a, b).every(
      ({ path: [head, ...rest] }) =>
        head === "samples" || head === "tests" || rest.at(-1) === "position",
    )
  );
}

function set(path: string[], value: unknown): Operation {
  return { op: "set", path, value };
}

/** What is left of samples when the nodes are gone that go; these operations come behind the nodes'. */
function keptSamples(
  a: PipelineDocument,
  b: PipelineDocument,
): PipelineDocument["samples"] {
  return Object.fromEntries(
    Object.entries(a.samples ?? {}).filter(
      ([id]) => Object.hasOwn(b.nodes, id) || !Object.hasOwn(a.nodes, id),
    ),
  );
}

/** Each entry is one value. */
function wholeOperations<T>(
  head: "samples" | "tests",
  a: Record<string, T> = {},
  b: Record<string, T> = {},
): Operation[] {
  const gone = Object.keys(a).filter((id) => !Object.hasOwn(b, id));
  return [
    ...gone.map((id): Operation => ({ op: "delete", path: [head, id] })),
    ...Object.entries(b).flatMap(([id, value]) =>
      sameJson(Object.hasOwn(a, id) ? a[id] : undefined, value)
        ? []
        : [set([head, id], value)],
    ),
  ];
}

/** Edges go before nodes and come behind them, so that no operation leaves a loose end. */
function graphOperations(
  a: PipelineDocument,
  b: PipelineDocument,
): Operation[] {
  const had = new Set(a.edges.map(edgeKey));
  const has = new Set(b.edges.map(edgeKey));
  const gone = Object.keys(a.nodes).filter((id) => !Object.hasOwn(b.nodes, id));
  const loose = a.edges.filter(
    (edge) =>
      !has.has(edgeKey(edge)) &&
      !gone.includes(edge.from) &&
      !gone.includes(edge.to),
  );
  return [
    ...loose.map((edge): Operation => ({
      op: "delete",
      path: ["edges", edgeKey(edge)],
    })),
    ...gone.map((id): Operation => ({ op: "delete", path: ["nodes", id] })),
    ...Object.entries(b.nodes).flatMap(([id, node]) =>
      nodeOperations(id, a.nodes[id], node),
    ),
    ...b.edges.filter((edge) => !had.has(edgeKey(edge))).map(setEdge),
  ];
}

function nodeOperations(
  id: string,
  a: PipelineNode | undefined,
  b: PipelineNode,
): Operation[] {
  if (!a) return [set(["nodes", id], b)];
  if (a === b) return [];
  const parts = ["kind", "name", "description", "position"] as const;
  return [
    ...parts.flatMap((part) =>
      sameJson(a[part], b[part]) ? [] : [set(["nodes", id, part], b[part])],
    ),
    ...objectOperations(["nodes", id, "config"], a.config, b.config),
  ];
}

/** Key by key, inside objects too; lists are set whole. */
function objectOperations(
  path: string[],
  a: JsonObject,
  b: JsonObject,
): Operation[] {
  const gone = Object.keys(a).filter((key) => !Object.hasOwn(b, key));
  return [
    ...gone.map((key): Operation => ({ op: "delete", path: [...path, key] })),
    ...Object.entries(b).flatMap(([key, value]) => {
      const before = Object.hasOwn(a, key) ? a[key] : undefined;
      if (sameJson(before, value)) return [];
      const place = [...path, key];
      return isObject(before) && isObject(value)
        ? objectOperations(place, before, value)
        : [set(place, value)];
    }),
  ];
}
