import type { Row } from "../api/types";
import { plural } from "../ui/format";
import { toast } from "../ui/toast";
import type { Column } from "./cells";
import { csv, json } from "./csv";
import { fileName } from "./fileName";
import type { RowsView } from "./views";

/** Lets the browser save the rows as they are shown. */
export function exportRows(
  name: string,
  format: "csv" | "json",
  {
    columns,
    rows,
    kinds,
  }: { columns: readonly Column[]; rows: RowsView; kinds: boolean },
): void {
  const all = listOf(rows);
  const pieces =
    format === "csv" ? csv(columns, all, { kinds }) : json(columns, all);
  const type = format === "csv" ? "text/csv" : "application/json";
  const url = URL.createObjectURL(
    new Blob([...pieces], { type: `${type};charset=utf-8` }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(name)}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  const cut = all.reduce((n, row) => n + Object.keys(row.cut ?? {}).length, 0);
  if (cut > 0)
    toast({
      title: `${plural(cut, "value is", "values are")} cut short in the file`,
      detail: "A preview sends only the beginning of very long values.",
      tone: "warn",
    });
}

function listOf(rows: RowsView): Row[] {
  const list: Row[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows.at(i);
    if (row) list.push(row);
  }
  return list;
}
