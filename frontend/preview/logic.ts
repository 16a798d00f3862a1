import { create } from "zustand";
import type { PipelineDocument } from "../document/document";

/** The document as text without what changes no row: places, descriptions, the pipeline's name. */
export function logicOf(document: PipelineDocument): string {
  const { mode, settings, nodes, edges } = document;
  const bare = Object.entries(nodes)
    .map(([id, { kind, name, config }]) => ({ id, kind, name, config }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return JSON.stringify([mode, settings, bare, edges]);
}

/** What each preview that this tab started runs, by the preview's id. */
export const useStartedLogic = create<Readonly<Record<string, string>>>(
  () => ({}),
);
