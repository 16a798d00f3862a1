import type { ReactNode } from "react";
import type { Preview } from "../api/types";
import { useIncomingPreview } from "../live/hooks";
import { ExpectThis } from "../samples/ExpectThis";
import { Spinner } from "../ui/Spinner";
import { PreviewState } from "./PreviewState";
import { useStaleNodes } from "./started";
import { UnionNote } from "./UnionNote";

/** What is known about the preview and the node's rows. */
export function RowsHeader({
  preview,
  node,
  children,
}: {
  preview: Preview;
  node: string | null;
  children?: ReactNode;
}) {
  const incoming = useIncomingPreview(preview.pipeline);
  return (
    <div className="flex max-h-24 min-h-8 shrink-0 overflow-y-auto flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1 text-xs">
      <PreviewState preview={preview} />
      {incoming && (
        <span className="flex items-center gap-1.5 text-accent">
          <Spinner size={12} />
          The new preview is starting
        </span>
      )}
      <Stale preview={preview.id} node={node} renewed={incoming !== null} />
      {children}
      {preview.way === "union" && <UnionNote />}
      {node !== null && <ExpectThis preview={preview} node={node} />}
    </div>
  );
}

/** Says that the rows are older than what would make them now. */
function Stale({
  preview,
  node,
  renewed,
}: {
  preview: string;
  node: string | null;
  /** A new preview is on its way. */
  renewed: boolean;
}) {
  const stale = useStaleNodes(preview);
  const here = node !== null && stale.has(node);
  if (node === null ? stale.size === 0 : !here) return null;
  return (
    <span className="truncate text-warn" data-testid="rows-outdated">
      {here ? "Older than this node’s SQL" : "The pipeline was changed since"}
      {!renewed && ": preview again"}
    </span>
  );
}
