import type { Trace, TracedRow } from "../api/types";
import {
  edgesInto,
  nodeName,
  type PipelineDocument,
  valueAt,
} from "../document/document";
import { plural } from "../ui/format";
import type { Stopped } from "./path";

/** Why a node made nothing of rows that came to it. */
export function stopWords(
  document: PipelineDocument,
  trace: Trace,
  node: string,
  stopped: Stopped,
): string {
  const config = document.nodes[node]?.config ?? {};
  const text = (path: string) => String(valueAt(config, path) ?? "");
  const having = text("having");
  switch (document.nodes[node]?.kind) {
    case "filter":
      return `${text("condition")} was not true`;
    case "join":
      return joinWords(document, trace, node, stopped, text("type"));
    case "windowAggregate":
    case "aggregate":
      if (having !== "") return `${having} was not true of its group`;
      return "it came when its window had ended";
    case "topN":
      return `not among the first ${text("limit")} of its group`;
    case "deduplicate":
      return `another row of its key is the ${text("keep") || "first"} one`;
    case "sort":
      return "not among the rows that the limit lets through";
    case "unnest":
      return "its collection has no elements";
    default:
      return "nothing was made of it";
  }
}

function joinWords(
  document: PipelineDocument,
  trace: Trace,
  node: string,
  { from }: Stopped,
  type: string,
): string {
  const partners = edgesInto(document, node)
    .filter((edge) => edge.from !== from)
    .map((edge) => {
      const rows = trace.nodes[edge.from]?.rows.length ?? 0;
      return `${plural(rows, "row")} of ${nodeName(document, edge.from)}`;
    });
  const among =
    partners.length > 0 ? ` among ${partners.join(" and ")}` : " in itself";
  return type === "anti"
    ? `found a partner${among}`
    : `found no partner${among}`;
}

/** How many rows of samples a row is made of. */
export function sizeOf(row: TracedRow | undefined): number {
  return Object.values(row?.from ?? {}).reduce(
    (sum, places) => sum + places.length,
    0,
  );
}
