import { ArrowDownToLine } from "lucide-react";
import type { Json } from "../document/document";
import { Button } from "../ui/Button";
import { useScope } from "./NodeScope";

/** For a sink: its table's columns are what flows in, by Flink's word. */
export function TakeColumns({ onTake }: { onTake: (rows: Json) => void }) {
  const { inputs } = useScope();
  const [input] = inputs;
  if (!input) return null;
  const known = input.columns.length > 0;
  return (
    <Button
      size="sm"
      variant="ghost"
      data-testid="take-columns"
      icon={<ArrowDownToLine size={13} />}
      disabled={!known}
      title={
        known
          ? `The columns of ${input.from}`
          : `The columns of ${input.from} are not known yet`
      }
      onClick={() =>
        onTake(
          input.columns.map(({ name, type }) => ({
            name,
            type: plainType(type),
          })),
        )
      }
    >
      Take columns from input
    </Button>
  );
}

/** DESCRIBE marks time attributes and nullability behind the type; a table's column has the type alone. */
export function plainType(type: string): string {
  return type
    .replace(/\s*\*(ROWTIME|PROCTIME)\*/g, "")
    .replace(/\s+NOT NULL$/, "")
    .trim();
}
