import type { Engine } from "../api/types";
import { Dialog } from "../ui/Dialog";

export function EngineDialog({
  engine,
  open,
  onOpenChange,
}: {
  engine: Engine;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const rows = [
    ["State", `${engine.state} (${engine.phase})`],
    ["Version", engine.version],
    ["SQL Gateway", engine.gateway],
    ["JobManager", engine.jobManager],
    ["Runs", engine.local ? "with Millrace, on this machine" : "by itself"],
  ].filter(([, value]) => value !== "");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Apache Flink"
      description={engine.message}
    >
      <dl className="grid grid-cols-[120px_1fr] gap-y-1.5 text-sm">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <LogLines lines={engine.log} />
    </Dialog>
  );
}

function LogLines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <pre
      tabIndex={0}
      aria-label="Last lines of Flink's log"
      className="max-h-72 overflow-auto rounded-md border bg-sunken p-2 font-mono text-2xs whitespace-pre-wrap"
    >
      {lines.join("\n")}
    </pre>
  );
}
