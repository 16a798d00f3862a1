import { Check, Copy, Download } from "lucide-react";
import { useMemo, useState } from "react";
import type { Compiled } from "../api/types";
import { useAnalysis } from "../document/AnalysisProvider";
import { documentStore, useDocument, useSelectedNode } from "../document/store";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { toast } from "../ui/toast";
import { copyText, download, sqlFileName } from "./copyText";
import { LazyCodeEditor } from "./LazyCodeEditor";
import { unitOffsets } from "./offsets";

interface Statement {
  node: string;
  from: number;
  to: number;
}

/** The script of the document on the screen; the selected node's statement is lit up, a click selects a node. */
export function SqlPane() {
  const { compiled, failure } = useAnalysis();
  const selected = useSelectedNode();
  const script = compiled?.script ?? "";
  const statements = useMemo(() => statementsOf(compiled), [compiled]);
  const chosen = useMemo(
    () => statements.filter(({ node }) => node === selected),
    [statements, selected],
  );
  const marks = useMemo(
    () =>
      chosen.map(({ from, to }) => ({
        from,
        to,
        className: "mark-statement",
        lines: true,
      })),
    [chosen],
  );
  if (compiled === undefined && failure) {
    return <EmptyState title="No SQL">{failure}</EmptyState>;
  }
  return (
    <div data-testid="sql-pane" className="flex min-h-0 flex-1 flex-col">
      <ScriptActions script={script} />
      {script === "" ? (
        <EmptyState title="No SQL yet">
          Add nodes, or mend what the Problems tab lists: the script appears
          here as you draw.
        </EmptyState>
      ) : (
        <div className="min-h-0 flex-1">
          <LazyCodeEditor
            label="Flink SQL of this pipeline"
            shape="script"
            value={script}
            marks={marks}
            reveal={chosen[0]?.from}
            onClick={(offset) => selectAt(statements, offset)}
          />
        </div>
      )}
    </div>
  );
}

function statementsOf(compiled: Compiled | undefined): Statement[] {
  if (!compiled) return [];
  const { script, statements } = compiled;
  const bytes = statements.flatMap(({ start, end }) => [start, end]);
  const offsets = unitOffsets(script, bytes);
  return statements.map(({ node }, index) => ({
    node,
    from: offsets[index * 2] ?? 0,
    to: offsets[index * 2 + 1] ?? 0,
  }));
}

function selectAt(statements: readonly Statement[], offset: number): void {
  const hit = statements.find(({ from, to }) => offset >= from && offset <= to);
  if (hit && documentStore.api.getState().document.nodes[hit.node])
    documentStore.select({ nodes: [hit.node], edges: [] });
}

function ScriptActions({ script }: { script: string }) {
  const [copied, setCopied] = useState(false);
  const name = useDocument(({ document }) => document.name);
  const copy = async () => {
    if (await copyText(script)) {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } else
      toast({
        title: "Not copied",
        detail:
          "The browser does not let the page copy. Mark the text instead.",
        tone: "danger",
      });
  };
  return (
    <div className="flex h-9 shrink-0 items-center gap-1 border-b px-2">
      <span className="text-xs text-muted">
        What Flink is given. Click a statement to select its node.
      </span>
      <span className="flex-1" />
      <Button
        size="sm"
        variant="ghost"
        disabled={script === ""}
        icon={copied ? <Check size={13} /> : <Copy size={13} />}
        onClick={() => void copy()}
      >
        {copied ? "Copied" : "Copy"}
      </Button>
      <Button
        size="sm"
        variant="ghost"
        disabled={script === ""}
        icon={<Download size={13} />}
        onClick={() => download(sqlFileName(name), script)}
      >
        Download
      </Button>
    </div>
  );
}
