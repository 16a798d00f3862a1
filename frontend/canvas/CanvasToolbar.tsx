import { Panel, useReactFlow, useStore } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { documentStore, useDocument } from "../document/store";
import { IconButton } from "../ui/IconButton";
import { Tooltip } from "../ui/Tooltip";
import {
  type Command,
  fit,
  shownKey,
  zoomActual,
  zoomIn,
  zoomOut,
} from "./commands";
import type { CardNode, FlowEdge } from "./flowNodes";

export function CanvasToolbar() {
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  const flow = useReactFlow<CardNode, FlowEdge>();
  return (
    <Panel position="bottom-left" className="canvas-toolbar">
      <CommandButton command={zoomOut}>
        <Minus size={14} />
      </CommandButton>
      <Tooltip label={`Zoom to 100 % (${shownKey(zoomActual)})`}>
        <button
          type="button"
          className="zoom-level"
          aria-label={`Zoom ${zoom} %, back to 100 %`}
          onClick={() => zoomActual.run(documentStore.api.getState(), flow)}
        >
          {zoom}%
        </button>
      </Tooltip>
      <CommandButton command={zoomIn}>
        <Plus size={14} />
      </CommandButton>
      <span className="toolbar-rule" />
      <CommandButton command={fit}>
        <Maximize size={14} />
      </CommandButton>
    </Panel>
  );
}

/** A button that does a command: its label, key and state are the command's. */
export function CommandButton({
  command,
  children,
}: {
  command: Command;
  children: ReactNode;
}) {
  const flow = useReactFlow<CardNode, FlowEdge>();
  const label = useDocument(command.label);
  const enabled = useDocument(command.enabled);
  return (
    <IconButton
      aria-label={`${label} (${shownKey(command)})`}
      data-testid={command.id}
      size="sm"
      // Not `disabled`: the tooltip says what there is nothing of.
      aria-disabled={!enabled}
      onClick={() => {
        if (enabled) command.run(documentStore.api.getState(), flow);
      }}
    >
      {children}
    </IconButton>
  );
}
