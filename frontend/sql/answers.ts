import type { Finding } from "../api/types";
import { between } from "../document/between";
import type { PipelineDocument } from "../document/document";
import { unitOffsets } from "./offsets";

// What the server's answer to an edited script means to the person who wrote it.

/** A finding at its place in the text, in UTF-16 units; the line counts from 1. */
export interface Placed extends Finding {
  from: number;
  to: number;
  line: number;
}

/** What a taken text did to the document: names of nodes. */
export interface Change {
  added: string[];
  changed: string[];
  removed: string[];
  /** The id of a node that was added; "" for none. */
  newest: string;
  /** Settings, mode or connections differ. */
  other: boolean;
}

/** What differs between two documents, told by nodes. */
export function changeOf(a: PipelineDocument, b: PipelineDocument): Change {
  const operations = between(a, b);
  const ids = new Set(
    operations.flatMap(({ path: [head, id] }) =>
      head === "nodes" && id !== undefined ? [id] : [],
    ),
  );
  const names = (document: PipelineDocument, among: string[]) =>
    among.map((id) => document.nodes[id]?.name ?? id);
  const all = [...ids];
  return {
    added: names(
      b,
      all.filter((id) => !a.nodes[id]),
    ),
    removed: names(
      a,
      all.filter((id) => !b.nodes[id]),
    ),
    changed: names(
      b,
      all.filter((id) => a.nodes[id] && b.nodes[id]),
    ),
    newest: all.find((id) => !a.nodes[id]) ?? "",
    other: operations.some(({ path: [head] }) => head !== "nodes"),
  };
}

/** "2 nodes changed", "big added, late changed"; names while they are few. */
export function changeText({
  added,
  changed,
  removed,
  other,
}: Omit<Change, "newest">): string {
  const parts = [
    countOf(added, "added"),
    countOf(changed, "changed"),
    countOf(removed, "removed"),
  ].filter((part) => part !== "");
  if (parts.length > 0) return parts.join(", ");
  return other ? "settings changed" : "it says the same";
}

function countOf(names: readonly string[], verb: string): string {
  if (names.length === 0) return "";
  const [only] = names;
  return names.length === 1
    ? `${only} ${verb}`
    : `${names.length} nodes ${verb}`;
}

export function placed(findings: readonly Finding[], text: string): Placed[] {
  const bytes = findings.flatMap(({ start, end }) => [start, end]);
  const offsets = unitOffsets(text, bytes);
  return findings.map((finding, index) => {
    const from = offsets[index * 2] ?? 0;
    const to = offsets[index * 2 + 1] ?? from;
    return { ...finding, from, to, line: lineAt(text, from) };
  });
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
