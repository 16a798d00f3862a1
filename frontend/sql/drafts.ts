import { useStore } from "zustand";
import { editScript } from "../api/actions";
import { documentStore, useDocument } from "../document/store";
import type { Placed } from "./answers";
import { createDrafts, type Draft } from "./draft";

/** The scripts that are being written: one store a page. */
export const drafts = createDrafts(documentStore, editScript);

/** The open pipeline's draft; undefined when its script is the compiled one. */
export function useDraftOfScript(): Draft | undefined {
  const pipeline = useDocument((state) => state.pipeline);
  return useStore(drafts.api, (state) => state[pipeline]);
}

const NO_PROBLEMS: readonly Placed[] = [];

/** What keeps the draft from being taken; notes about one that was are no problems. */
export function useScriptProblems(): readonly Placed[] {
  const draft = useDraftOfScript();
  return !draft || draft.phase.kind === "taken" ? NO_PROBLEMS : draft.findings;
}

/** Whether a text would be lost with the page: nothing else keeps what could not be taken. */
export function hasUntakenText(): boolean {
  return Object.values(drafts.api.getState()).some(
    ({ phase }) => phase.kind !== "taken",
  );
}
