import { useMemo } from "react";
import { create } from "zustand";
import type { Row } from "../api/types";
import { type Column, columnWidths } from "./cells";

export const narrowest = 4;
export const widestByHand = 400;

/** Widths that somebody chose, in characters, by widthKey; they hold until the page is closed. */
const useChosen = create<Readonly<Record<string, number>>>(() => ({}));

/** Widths of a node's columns: those that were chosen, else those that fit a sample of rows. */
export function useWidths(
  node: string,
  columns: readonly Column[],
  sample: readonly Row[],
): {
  widths: number[];
  choose: (column: number, width: number | null) => void;
} {
  const chosen = useChosen();
  const fitting = useMemo(
    () => columnWidths(columns, sample),
    [columns, sample],
  );
  return useMemo(() => {
    const keyAt = (at: number) => `${node} ${columns[at]?.name ?? ""}`;
    return {
      widths: fitting.map((width, at) => chosen[keyAt(at)] ?? width),
      choose: (column, width) => choose(keyAt(column), width),
    };
  }, [node, columns, fitting, chosen]);
}

function choose(key: string, width: number | null): void {
  const { [key]: _, ...others } = useChosen.getState();
  const chosen = width === null ? others : { ...others, [key]: within(width) };
  useChosen.setState(chosen, true);
}

function within(width: number): number {
  return Math.max(narrowest, Math.min(widestByHand, width));
}
