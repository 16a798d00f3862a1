import { Link } from "@tanstack/react-router";
import { ChevronLeft, Redo2, Undo2 } from "lucide-react";
import { useState } from "react";
import { CommandButton } from "../canvas/CanvasToolbar";
import { redo, undo } from "../canvas/commands";
import type { Mode } from "../document/document";
import { renamePipeline, setMode } from "../document/edits";
import { documentStore, useDocument } from "../document/store";
import { RunControls } from "../jobs/RunControls";
import { buttonClass } from "../ui/Button";
import { Select } from "../ui/Select";
import { SaveState } from "./SaveState";
import { saveNow } from "./session";

export function TopBar({ pipeline }: { pipeline: string }) {
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b bg-surface px-2">
      <Link
        to="/"
        aria-label="Back to pipelines"
        title="Back to pipelines"
        className={`${buttonClass("ghost", "md")} w-7.5 px-0!`}
      >
        <ChevronLeft size={16} />
      </Link>
      <PipelineName />
      <ModeSelect />
      <div className="flex">
        <CommandButton command={undo}>
          <Undo2 size={15} />
        </CommandButton>
        <CommandButton command={redo}>
          <Redo2 size={15} />
        </CommandButton>
      </div>
      <SaveState />
      <span className="min-w-0 flex-1" />
      <RunControls pipeline={pipeline} beforeRun={saveNow} />
    </div>
  );
}

/** The pipeline's name; it is kept as a whole when the field is left. */
function PipelineName() {
  const name = useDocument(({ document }) => document.name);
  const [typed, setTyped] = useState<string>();
  const keep = () => {
    const wanted = typed?.trim() ?? "";
    setTyped(undefined);
    if (wanted !== "" && wanted !== name)
      documentStore.edit(renamePipeline(wanted));
  };
  return (
    <>
      <h1 className="sr-only">{name}</h1>
      <input
        aria-label="Name of the pipeline"
        data-testid="pipeline-name"
        spellCheck={false}
        className="h-7.5 max-w-72 min-w-24 field-sizing-content rounded-md border border-transparent bg-transparent px-1.5 text-sm font-semibold hover:border-control focus:border-control focus:bg-surface"
        value={typed ?? name}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape") {
            setTyped(undefined);
            event.stopPropagation();
          }
        }}
      />
    </>
  );
}

const modes = [
  { value: "streaming", title: "Streaming" },
  { value: "batch", title: "Batch" },
] satisfies { value: Mode; title: string }[];

function ModeSelect() {
  const mode = useDocument(({ document }) => document.mode);
  return (
    <div className="w-32 shrink-0">
      <Select
        label="Runtime mode"
        hideLabel
        data-testid="mode"
        value={mode}
        options={modes}
        onChange={(value) => {
          if (value !== mode && (value === "streaming" || value === "batch"))
            documentStore.edit(setMode(value));
        }}
      />
    </div>
  );
}
