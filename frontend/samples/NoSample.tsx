import { Pencil } from "lucide-react";
import { documentStore, useDocument } from "../document/store";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { emptyRow, type GridColumn } from "./gridRows";
import { SampleWays } from "./SampleWays";
import { takeSample } from "./sample";

/** Before a source has a sample: what it is for, and the ways to get one. */
export function NoSample({
  pipeline,
  id,
  columns,
}: {
  pipeline: string;
  id: string;
  columns: readonly GridColumn[];
}) {
  const name = useDocument(({ document }) => document.nodes[id]?.name ?? "");
  const type = () => {
    const { document } = documentStore.api.getState();
    const sample = {
      columns: columns.map((column) => column.name),
      rows: [emptyRow(columns)],
    };
    documentStore.edit(takeSample(document, id, sample, "Take a row"));
  };
  return (
    <EmptyState
      title={`${name} is read live`}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button
            size="sm"
            variant="primary"
            icon={<Pencil size={13} />}
            disabled={columns.length === 0}
            onClick={type}
          >
            Type rows
          </Button>
          <SampleWays pipeline={pipeline} id={id} columns={columns} />
        </div>
      }
    >
      Give it a sample, and previews and tests read those rows in its stead: the
      same each time, to the end, so that every window closes.
      {columns.length === 0 && " Its columns are not known yet."}
    </EmptyState>
  );
}
