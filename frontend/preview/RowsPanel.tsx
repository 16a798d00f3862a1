import { useState } from "react";
import type { Preview } from "../api/types";
import { useLivePreview } from "../live/hooks";
import { NodeRows } from "./NodeRows";
import { NoPreview, NoRows } from "./NoRows";
import { RowsFigures } from "./RowsFigures";
import { RowsHeader } from "./RowsHeader";
import type { Mode } from "./useRowsView";

/** The rows of one node of the pipeline's preview. A preview covers all nodes, so another node's rows are there at once. */
export function RowsPanel({
  pipeline,
  node,
}: {
  pipeline: string;
  node: string | null;
}) {
  const preview = useLivePreview(pipeline);
  return (
    <section
      aria-label="Preview rows"
      data-testid="rows-panel"
      className="flex min-h-0 flex-1 flex-col bg-surface"
    >
      {preview ? (
        <Rows preview={preview} node={node} />
      ) : (
        <NoPreview pipeline={pipeline} />
      )}
    </section>
  );
}

function Rows({ preview, node }: { preview: Preview; node: string | null }) {
  const [mode, setMode] = useState<Mode>("log");
  const [follow, setFollow] = useState(true);
  const shown = node === null ? undefined : preview.nodes[node];
  const hasRows = shown && shown.columns.length > 0 && shown.count > 0;
  return (
    <>
      {preview.state === "failed" && hasRows && (
        <p
          role="alert"
          className="max-h-24 shrink-0 overflow-auto border-b bg-danger-soft px-3 py-1.5 text-xs wrap-anywhere whitespace-pre-wrap"
        >
          {preview.message}
        </p>
      )}
      {node !== null && shown && hasRows ? (
        <NodeRows
          key={node}
          preview={preview}
          node={node}
          columns={shown.columns}
          mode={mode}
          onMode={setMode}
          follow={follow}
          onFollow={setFollow}
        />
      ) : (
        <>
          <RowsHeader preview={preview} node={node}>
            {node !== null && <RowsFigures preview={preview} node={node} />}
          </RowsHeader>
          <NoRows preview={preview} node={node} />
        </>
      )}
    </>
  );
}
