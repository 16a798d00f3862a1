import { useCommands } from "../api/queries";
import type { Command, Job } from "../api/types";
import { Badge, type Tone } from "../ui/Badge";
import { ProblemNote } from "../ui/ProblemNote";
import { Table } from "../ui/Table";

const tones: Record<Command["state"], Tone> = {
  UNDO: "neutral",
  DOING: "accent",
  SUCCEEDED: "ok",
  FAILED: "danger",
  NEEDS_DECISION: "warn",
};

/** What was asked of the job, and what became of it. */
export function CommandsTable({ job }: { job: Job }) {
  const commands = useCommands(job.id, job.updatedAt);
  if (commands.error)
    return (
      <ProblemNote
        error={commands.error}
        title="The commands could not be read"
      />
    );
  if (!commands.data || commands.data.length === 0) return null;
  return (
    <Table label="Commands" head={["Command", "State", "Message"]}>
      {commands.data.map((command) => (
        <tr key={command.id}>
          <td>{command.kind}</td>
          <td>
            <Badge tone={tones[command.state]}>{command.state}</Badge>
          </td>
          <td className="wrap-anywhere text-muted">{command.message}</td>
        </tr>
      ))}
    </Table>
  );
}
