import { Minus, Plus, X } from "lucide-react";
import { useMemo, useRef } from "react";
import type { Sample } from "../document/document";
import { useDocument } from "../document/store";
import { Button } from "../ui/Button";
import { count } from "../ui/format";
import { IconButton } from "../ui/IconButton";
import { change } from "./changeTest";
import { DataGrid, type GridHandle } from "./DataGrid";
import { cutToSize, fitted, isChangelog, mostRows } from "./sample";
import { withSample } from "./test";
import { useFillable } from "./useFillable";
import { useRowProblems } from "./useRowProblems";

/** The rows that a test reads instead of a source: its own, whatever becomes of the pipeline's sample. */
export function TestSample({
  id,
  source,
  sample,
}: {
  id: string;
  source: string;
  sample: Sample;
}) {
  const known = useFillable(source);
  const grid = useRef<GridHandle>(null);
  const { columns, rows } = useMemo(
    () => fitted(sample, known),
    [sample, known],
  );
  const problems = useRowProblems(columns, rows);
  const kinds = useDocument(({ document }) =>
    isChangelog(document, source, rows),
  );
  const name = useDocument(
    ({ document }) => document.nodes[source]?.name ?? source,
  );
  const put = (next: Sample | undefined, what: string) =>
    change(
      id,
      (now) => withSample(now, source, next),
      `${what} of the test’s sample of ${name}`,
    );
  return (
    <>
      <div className="flex shrink-0 items-center gap-1 border-b px-2 py-0.5 text-xs">
        <span className="px-1 text-muted tabular-nums">
          {count(rows.length)} {rows.length === 1 ? "row" : "rows"}
        </span>
        <IconButton
          size="sm"
          aria-label="Add a row (Ctrl+Enter)"
          onClick={() => grid.current?.addRow()}
        >
          <Plus size={14} />
        </IconButton>
        <IconButton
          size="sm"
          aria-label="Remove the selected rows (Shift+Delete)"
          onClick={() => grid.current?.removeRows()}
        >
          <Minus size={14} />
        </IconButton>
        <Button
          size="sm"
          variant="ghost"
          className="ml-auto"
          icon={<X size={13} />}
          title="The test then reads the pipeline’s sample, or the source itself"
          onClick={() => put(undefined, "Remove all")}
        >
          Remove from the test
        </Button>
      </div>
      <DataGrid
        handle={grid}
        label={`Rows that the test reads of ${name}`}
        columns={columns}
        rows={rows}
        kinds={kinds}
        problems={problems}
        most={mostRows}
        empty="The source has no rows in this test."
        onChange={(next, what) => {
          const names = columns.map((column) => column.name);
          put(cutToSize({ columns: names, rows: next }).sample, what);
        }}
      />
    </>
  );
}
