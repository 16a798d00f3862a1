import { useEffect, useMemo } from "react";
import { useDocument } from "../document/store";
import { keyNodeRows } from "../live/store";
import type { Column } from "./cells";
import { keyOf } from "./key";

/** The places of the columns by which the node's rows are told apart; null: by all. The node's table is told. */
export function useRowKey(
  preview: string,
  node: string,
  columns: readonly Column[],
): readonly number[] | null {
  // As text, so that it is the same while it says the same.
  const text = useDocument(
    ({ document }) => keyOf(document, node, columns)?.join() ?? "",
  );
  const key = useMemo(
    () => (text === "" ? null : text.split(",").map(Number)),
    [text],
  );
  useEffect(() => keyNodeRows(preview, node, key), [preview, node, key]);
  return key;
}
