import { create } from "zustand";
import { createTrace } from "../api/actions";
import type { Row, Trace } from "../api/types";
import { edgeKey, type PipelineDocument } from "../document/document";
import { documentStore, useDocument, whenSaved } from "../document/store";
import { sameRows } from "../preview/logic";
import { findRow, type Path, pathOf, type Wanted } from "./path";

/** The row that is being followed, and what is known of its way by now. */
export interface Following {
  pipeline: string;
  node: string;
  wanted: Wanted;
  /** The row's number where it was pointed at. */
  number: number;
  /** What was run; its rows are those of `trace`. */
  document: PipelineDocument | null;
  trace: Trace | null;
  /** null: not known yet, or the run did not make the row. */
  path: Path | null;
  error: Error | null;
}

export const useFollowing = create<{ now: Following | null }>(() => ({
  now: null,
}));

/** Whether rows can be followed: some source reads a sample. */
export function canFollow({ samples }: PipelineDocument): boolean {
  return Object.values(samples ?? {}).some(({ live }) => live !== true);
}

/** Follows a row of a node of the open pipeline through a run on its samples; the run before is good while it is the same. */
export async function follow(
  node: string,
  wanted: Wanted,
  number: number,
): Promise<void> {
  const { pipeline } = documentStore.api.getState();
  const before = useFollowing.getState().now;
  const row = { pipeline, node, wanted, number };
  const started: Following = {
    ...row,
    document: null,
    trace: null,
    path: null,
    error: null,
  };
  useFollowing.setState({ now: started });
  const put = (found: Partial<Following>) => {
    if (useFollowing.getState().now === started)
      useFollowing.setState({ now: { ...started, ...found } });
  };
  try {
    await whenSaved();
    const { document } = documentStore.api.getState();
    const trace =
      before?.trace && before.document && sameRows(before.document, document)
        ? before.trace
        : await createTrace(pipeline);
    const at = findRow(trace, node, wanted);
    const path = at < 0 ? null : pathOf(document, trace, node, at);
    put({ document, trace, path });
  } catch (error) {
    put({ error: error instanceof Error ? error : new Error(String(error)) });
  }
}

/** Follows a row of the sample of a source, by its place. */
export function followSample(source: string, place: number): void {
  const { document } = documentStore.api.getState();
  const rows = document.samples?.[source]?.rows ?? [];
  const row = rows[place];
  if (!row) return;
  const kind: Row["kind"] = row.kind ?? "+I";
  const text = JSON.stringify(row.values);
  const nth = rows
    .slice(0, place)
    .filter((other) => JSON.stringify(other.values) === text).length;
  void follow(source, { kind, values: row.values, nth }, place + 1);
}

export function endFollowing(): void {
  useFollowing.setState({ now: null });
}

/** What is followed in the open pipeline. */
export function useFollowed(): Following | null {
  const pipeline = useDocument((state) => state.pipeline);
  return useFollowing(({ now }) => (now?.pipeline === pipeline ? now : null));
}

function isOpen({ pipeline }: Following): boolean {
  return documentStore.api.getState().pipeline === pipeline;
}

/** How a card or a line is drawn while a row is followed. */
export type Mark = "on" | "stop" | "unknown" | "off";

export function useNodeMark(node: string): Mark | undefined {
  return useFollowing(({ now }) => {
    if (!now?.path || !isOpen(now)) return undefined;
    if (!now.path.nodes.has(node)) return "off";
    const step = now.path.steps.find((one) => one.node === node);
    if (step?.unknown) return "unknown";
    return step && step.rows.length === 0 ? "stop" : "on";
  });
}

export function useEdgeMark(
  from: string,
  to: string,
  port: string,
): Mark | undefined {
  return useFollowing(({ now }) => {
    if (!now?.path || !isOpen(now)) return undefined;
    return now.path.edges.has(edgeKey({ from, to, port })) ? "on" : "off";
  });
}
