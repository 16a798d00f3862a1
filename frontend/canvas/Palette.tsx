import { useReactFlow } from "@xyflow/react";
import { PanelLeftClose, Search } from "lucide-react";
import { useMemo, useState } from "react";
import type { Kind } from "../api/types";
import { useAnalysis } from "../document/AnalysisProvider";
import { IconButton } from "../ui/IconButton";
import { byCategory, categoryClass } from "./categories";
import { clickNode } from "./gestures";
import { useKindMap } from "./KindMap";
import { KindIcon } from "./KindIcon";
import { showCard } from "./showCard";

/** The type under which a dragged kind travels. */
export const DRAGGED_KIND = "application/x-millrace-kind";

/** The kinds by category: drag one onto the canvas, or click it. */
export function Palette({ onCollapse }: { onCollapse: () => void }) {
  const kinds = useKindMap();
  const [search, setSearch] = useState("");
  const groups = useMemo(
    () => byCategory([...kinds.values()], search),
    [kinds, search],
  );
  return (
    <aside aria-label="Palette" className="flex h-full flex-col bg-surface">
      <div className="flex items-center gap-1 p-2">
        <div className="relative min-w-0 flex-1">
          <Search
            size={13}
            aria-hidden="true"
            className="absolute top-1/2 left-2 -translate-y-1/2 text-faint"
          />
          <input
            type="search"
            aria-label="Search nodes"
            placeholder="Search"
            data-testid="palette-search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="h-7.5 w-full rounded-md border border-control bg-surface pr-1 pl-7 text-sm"
          />
        </div>
        <IconButton
          aria-label="Hide the palette"
          size="sm"
          onClick={onCollapse}
        >
          <PanelLeftClose size={15} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {groups.map(([category, members]) => (
          <section key={category} aria-label={category}>
            <h2 className="px-1 pt-3 pb-1.5 text-2xs font-semibold tracking-wide text-faint uppercase">
              {category}
            </h2>
            <div className="flex flex-col gap-1">
              {members.map((kind) => (
                <PaletteItem key={kind.kind} kind={kind} />
              ))}
            </div>
          </section>
        ))}
        {groups.length === 0 && search !== "" && (
          <p className="px-1 py-4 text-sm text-muted">
            No node is called “{search}”.
          </p>
        )}
      </div>
    </aside>
  );
}

function PaletteItem({ kind }: { kind: Kind }) {
  const flow = useReactFlow();
  const kinds = useKindMap();
  const { columns } = useAnalysis();
  const add = () => {
    const added = clickNode(kinds, kind, columns, viewCentre(flow));
    if (added !== undefined) showCard(flow, added);
  };
  return (
    <button
      type="button"
      draggable
      data-testid={`palette-${kind.kind}`}
      title={kind.help}
      className={`palette-item ${categoryClass(kind.category)}`}
      onClick={add}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED_KIND, kind.kind);
        event.dataTransfer.effectAllowed = "copy";
      }}
    >
      <span className="palette-icon">
        <KindIcon icon={kind.icon} size={15} />
      </span>
      <span className="truncate">{kind.title}</span>
    </button>
  );
}

function viewCentre(flow: ReturnType<typeof useReactFlow>) {
  const canvas = document
    .querySelector("[data-testid=canvas]")
    ?.getBoundingClientRect();
  return flow.screenToFlowPosition({
    x: (canvas?.left ?? 0) + (canvas?.width ?? window.innerWidth) / 2,
    y: (canvas?.top ?? 0) + (canvas?.height ?? window.innerHeight) / 2,
  });
}
