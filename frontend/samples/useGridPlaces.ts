import { type PointerEvent, useState } from "react";
import { blockOf, type Place, placeOf } from "./places";

interface Options {
  columns: readonly unknown[];
  rows: readonly unknown[];
  kinds: boolean;
  /** Scrolls a row into view. */
  show: (row: number) => void;
  cellId: (row: number, column: number) => string;
}

/** The active cell of a grid and the block that is selected from it. */
export function useGridPlaces({ columns, rows, kinds, show, cellId }: Options) {
  const [chosen, setHead] = useState<Place>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<Place | null>(null);
  const first = kinds ? -1 : 0;
  const within = ({ row, column }: Place): Place => ({
    row: Math.max(0, Math.min(rows.length - 1, row)),
    column: Math.max(first, Math.min(columns.length - 1, column)),
  });
  const head = within(chosen);
  const select = (to: Place, from: Place | null = null) => {
    setHead(to);
    setAnchor(from);
  };
  const go = (to: Place, extend = false) => {
    select(to, extend ? (anchor ?? head) : null);
    show(to.row);
    requestAnimationFrame(() =>
      document
        .getElementById(cellId(to.row, to.column))
        ?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
  };
  const pick = (event: PointerEvent) => {
    const at = placeOf(event.target);
    if (!at) return;
    const extend = event.shiftKey || event.type === "pointermove";
    const from = extend ? (anchor ?? head) : null;
    if (at.column !== "row") {
      select({ row: at.row, column: at.column }, from);
      return;
    }
    const last = { row: from?.row ?? at.row, column: columns.length - 1 };
    select({ row: at.row, column: first }, last);
  };
  const block = blockOf(head, within(anchor ?? head));
  return { first, head, block, within, select, go, pick };
}
