import { useMemo, useRef, useState } from "react";
import { type SampleRow } from "../document/document";
import { documentStore, useDocument } from "../document/store";
import { NO_DIAGNOSTICS } from "../document/analysis";
import { useAnalysis } from "../document/AnalysisProvider";
import { toast } from "../ui/toast";
import { count } from "../ui/format";
import { DataGrid, type GridHandle } from "./DataGrid";
import type { GridColumn } from "./gridRows";
import { NoSample } from "./NoSample";
import { rowProblems } from "./problems";
import {
  cutToSize,
  fitted,
  isChangelog,
  isInUse,
  mostRows,
  sampleOf,
  setSample,
} from "./sample";
import { SampleNotes } from "./SampleNotes";
import { SampleToolbar } from "./SampleToolbar";
import { useFillable } from "./useFillable";
import { useRowProblems } from "./useRowProblems";

/** The sample of one source as a grid, and all the ways to fill it. */
export function SampleEditor({
  pipeline,
  id,
}: {
  pipeline: string;
  id: string;
}) {
  const sample = useDocument(({ document }) => sampleOf(document, id));
  const columns = useFillable(id);
  if (!sample)
    return <NoSample pipeline={pipeline} id={id} columns={columns} />;
  return <Grid pipeline={pipeline} id={id} columns={columns} />;
}

const none = { columns: [], rows: [] };

function Grid({
  pipeline,
  id,
  columns: known,
}: {
  pipeline: string;
  id: string;
  columns: readonly GridColumn[];
}) {
  const sample = useDocument(({ document }) => sampleOf(document, id)) ?? none;
  const made = useDocument(({ document }) =>
    isChangelog(document, id, sample.rows),
  );
  const [wanted, setKinds] = useState(false);
  const grid = useRef<GridHandle>(null);
  const { columns, rows } = useMemo(
    () => fitted(sample, known),
    [sample, known],
  );
  const told = useTold(id, columns);
  const checked = useRowProblems(columns, rows);
  const problems = useMemo(
    () => new Map([...told, ...checked]),
    [told, checked],
  );
  const kinds = made || wanted;
  const change = (next: readonly SampleRow[], what: string) =>
    edit(id, columns, next, what);
  return (
    <>
      <SampleToolbar
        pipeline={pipeline}
        id={id}
        columns={known}
        rows={rows.length}
        kinds={kinds}
        onKinds={made ? undefined : setKinds}
        onAdd={() => grid.current?.addRow()}
        onRemove={() => grid.current?.removeRows()}
      />
      <SampleNotes id={id} problems={problems} live={!isInUse(sample)} />
      <DataGrid
        handle={grid}
        label="Rows of the sample"
        columns={columns}
        rows={rows}
        kinds={kinds}
        problems={problems}
        most={mostRows}
        empty="No rows yet: press Enter to add one, or paste cells of a spreadsheet."
        onChange={change}
        onRemoveColumn={(name) => {
          const at = columns.findIndex((column) => column.name === name);
          edit(
            id,
            columns.toSpliced(at, 1),
            rows.map((row) => ({
              ...row,
              values: row.values.toSpliced(at, 1),
            })),
            `Remove the column ${name}`,
          );
        }}
      />
    </>
  );
}

function edit(
  id: string,
  columns: readonly GridColumn[],
  rows: readonly SampleRow[],
  what: string,
): void {
  const { document } = documentStore.api.getState();
  const before = sampleOf(document, id);
  const { sample, cut } = cutToSize({
    ...(before?.live ? { live: true } : {}),
    columns: columns.map(({ name }) => name),
    rows: [...rows],
  });
  if (cut > 0)
    toast({
      title: "The sample is full",
      detail: `It holds 256 kB: the last ${count(cut)} rows were left out.`,
      tone: "warn",
    });
  documentStore.edit(setSample(document, id, sample, what));
}

/** What compiler and previews have said about the rows. */
function useTold(
  id: string,
  columns: readonly GridColumn[],
): Map<string, string> {
  const diagnostics = useAnalysis().byNode.get(id) ?? NO_DIAGNOSTICS;
  return useMemo(
    () =>
      rowProblems(
        diagnostics.filter(({ field }) => field.startsWith(`samples.${id}.`)),
        columns,
      ),
    [diagnostics, id, columns],
  );
}
