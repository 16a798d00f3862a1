import { create } from "zustand";
import type { Row } from "../api/types";
import { rowsKey } from "../live/state";
import { useLive } from "../live/store";

/** The row that was chosen last in each node of a preview. */
const useChosen = create<Readonly<Record<string, Row>>>(() => ({}));

export function chooseRow(preview: string, node: string, row: Row): void {
  const key = rowsKey(preview, node);
  const { [key]: before } = useChosen.getState();
  if (before !== row) useChosen.setState({ [key]: row });
}

/** A row to try things on. */
export interface TryRow {
  row: Row;
  isChosen: boolean;
}

/** The chosen row of a node, else its newest, as things are now; undefined when it has none. */
export function rowToTry(preview: string, node: string): TryRow | undefined {
  const key = rowsKey(preview, node);
  const chosen = useChosen.getState()[key];
  if (chosen) return { row: chosen, isChosen: true };
  const ring = useLive.getState().rows[key]?.ring;
  const row = ring?.at(ring.length - 1);
  return row && { row, isChosen: false };
}
