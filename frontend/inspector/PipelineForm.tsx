import { X } from "lucide-react";
import { useState } from "react";
import { NO_DIAGNOSTICS } from "../document/analysis";
import { useAnalysis } from "../document/AnalysisProvider";
import { setSetting } from "../document/edits";
import { documentStore, useDocument } from "../document/store";
import { IconButton } from "../ui/IconButton";
import { DraftInput } from "./DraftInput";
import { DiagnosticList, FieldFrame } from "./FieldFrame";
import { SuggestInput } from "./SuggestInput";

const COMMON_SETTINGS = [
  { value: "execution.checkpointing.interval", detail: "10 s" },
  { value: "parallelism.default", detail: "1" },
  { value: "pipeline.name", detail: "" },
  { value: "restart-strategy.type", detail: "fixed-delay" },
  { value: "state.backend.type", detail: "rocksdb" },
  { value: "table.exec.mini-batch.enabled", detail: "true" },
  { value: "table.exec.source.idle-timeout", detail: "5 s" },
  { value: "table.exec.state.ttl", detail: "1 h" },
  { value: "table.local-time-zone", detail: "UTC" },
];

function set(key: string, value: string | undefined, burst?: string): void {
  const { document } = documentStore.api.getState();
  documentStore.edit(setSetting(document, key, value), burst);
}

/** What belongs to the pipeline and to no node. */
export function PipelineForm() {
  const settings = useDocument((state) => state.document.settings);
  const problems = useAnalysis().byNode.get("") ?? NO_DIAGNOSTICS;
  const [turn, setTurn] = useState(0);
  return (
    <div className="flex flex-col gap-4 p-3">
      <p className="text-sm text-muted">
        Select a node to see and change what it does.
      </p>
      <DiagnosticList diagnostics={problems} />
      <FieldFrame
        path="settings"
        title="Flink settings of this pipeline"
        required={false}
        help="Written as SET at the head of the SQL."
        diagnostics={[]}
      >
        {Object.entries(settings).map(([key, value]) => (
          <div
            key={key}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-1"
          >
            <span title={key} className="truncate font-mono text-xs text-muted">
              {key}
            </span>
            <span />
            <DraftInput
              label={key}
              mono
              value={value}
              placeholder="value"
              onCommit={(text, burst) => set(key, text, burst)}
            />
            <IconButton
              aria-label={`Remove ${key}`}
              size="sm"
              onClick={() => set(key, undefined)}
            >
              <X size={13} />
            </IconButton>
          </div>
        ))}
        <SuggestInput
          key={turn}
          label="Add a setting"
          value=""
          placeholder="Add a setting: type its key"
          suggestions={COMMON_SETTINGS.filter(
            ({ value }) => !(value in settings),
          )}
          onCommit={() => {}}
          onPick={(text) => {
            const key = text.trim();
            if (key !== "" && !(key in settings)) set(key, "");
            setTurn(turn + 1);
          }}
        />
      </FieldFrame>
    </div>
  );
}
