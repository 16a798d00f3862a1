import { useState } from "react";
import { usePreviewRows } from "../live/hooks";
import type { Column } from "./cells";
import { RowsGrid, type RowsView } from "./RowsGrid";

const none: RowsView = {
  length: 0,
  at: () => undefined,
  placeOf: (index) => index,
};

/** The grid over the node's ring; while paused over a copy, taken when it was put into the page. */
export function NodeRows({
  preview,
  node,
  columns,
  follow,
  paused,
  onFollow,
}: {
  preview: string;
  node: string;
  columns: readonly Column[];
  follow: boolean;
  paused: boolean;
  onFollow: (follow: boolean) => void;
}) {
  const live = usePreviewRows(preview, node)?.ring ?? none;
  const [frozen] = useState(() => (paused ? freeze(live) : null));
  return (
    <RowsGrid
      columns={columns}
      rows={frozen ?? live}
      follow={follow}
      onFollow={onFollow}
    />
  );
}

function freeze(view: RowsView): RowsView {
  const first = view.placeOf(0);
  const rows = Array.from({ length: view.length }, (_, i) => view.at(i));
  return {
    length: rows.length,
    at: (index) => rows[index],
    placeOf: (index) => first + index,
  };
}
