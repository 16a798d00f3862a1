import type { Row } from "../api/types";
import { cellText } from "./cells";

/** Which rows are shown: those with the text in any column, or those whose column is the text. */
export interface Filter {
  /** The column's place; null: any column. */
  column: number | null;
  text: string;
}

export const noFilter: Filter = { column: null, text: "" };

/** The test of a filter; null where it lets all rows pass. */
export function matcher({
  column,
  text,
}: Filter): ((row: Row) => boolean) | null {
  if (column !== null)
    return text === ""
      ? null
      : (row) => (cellText(row.values[column]) ?? "NULL") === text;
  const wanted = text.toLowerCase();
  if (wanted === "") return null;
  return (row) =>
    row.values.some((value) =>
      (cellText(value) ?? "NULL").toLowerCase().includes(wanted),
    );
}

/** Whether the filter leaves anything out. */
export function isFilter({ text }: Filter): boolean {
  return text !== "";
}
