import type { Job } from "../api/types";
import { useDocument } from "../document/store";
import { count } from "../ui/format";
import { Table } from "../ui/Table";

/** Records in and out of each node, as Flink counts them. */
export function RecordsTable({ job }: { job: Job }) {
  // The page may have changed since the deploy: a node that is gone is called by its id.
  const drawn = useDocument((state) => state.document.nodes);
  const nodes = Object.entries(job.nodes);
  if (nodes.length === 0)
    return (
      <p className="text-muted">Flink has no figures for the nodes yet.</p>
    );
  return (
    <Table
      label="Records of each node"
      head={["Node", "Records in", "Records out"]}
      right={[1, 2]}
    >
      {nodes.map(([id, figures]) => (
        <tr key={id}>
          <td>{drawn[id]?.name ?? id}</td>
          <td className="text-right tabular-nums">
            {known(figures.recordsIn)}
          </td>
          <td className="text-right tabular-nums">
            {known(figures.recordsOut)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function known(records: number | null) {
  if (records !== null) return count(records);
  return (
    <span className="text-faint" title="Flink does not count this">
      –
    </span>
  );
}
