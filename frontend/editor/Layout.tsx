import { PanelLeftOpen } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Group, Panel, Separator, usePanelRef } from "react-resizable-panels";
import { useState } from "react";
import { Canvas } from "../canvas/Canvas";
import { Palette } from "../canvas/Palette";
import { Inspector } from "../inspector/Inspector";
import { IconButton } from "../ui/IconButton";
import { Dock } from "./Dock";
import { focusForm } from "./showNode";

/** Palette | canvas over dock | inspector. */
export function Layout({ pipeline }: { pipeline: string }) {
  const narrow = useNarrow();
  // Until the person says something else, a narrow window has no palette.
  const [chosen, setChosen] = useState<boolean>();
  const open = chosen ?? !narrow;
  const inspector = usePanelRef();
  return (
    <div className="flex min-h-0 flex-1">
      {open ? (
        <div className="w-54 shrink-0 border-r">
          <Palette onCollapse={() => setChosen(false)} />
        </div>
      ) : (
        <div className="w-9 shrink-0 border-r bg-surface p-1">
          <IconButton
            aria-label="Show the palette"
            size="sm"
            onClick={() => setChosen(true)}
          >
            <PanelLeftOpen size={15} />
          </IconButton>
        </div>
      )}
      <Group orientation="horizontal" className="min-w-0 flex-1">
        <Panel minSize="30%">
          <Group orientation="vertical">
            <Panel defaultSize="65%" minSize="20%">
              <Canvas
                pipeline={pipeline}
                onOpenNode={() => {
                  inspector.current?.expand();
                  focusForm();
                }}
              />
            </Panel>
            <Divider label="Height of the panel below the canvas" across />
            <Panel
              defaultSize="35%"
              minSize={37}
              collapsible
              collapsedSize={37}
            >
              <Dock pipeline={pipeline} />
            </Panel>
          </Group>
        </Panel>
        <Divider label="Width of the inspector" />
        <Panel
          panelRef={inspector}
          defaultSize={narrow ? 300 : 340}
          minSize={260}
          maxSize={640}
          collapsible
          groupResizeBehavior="preserve-pixel-size"
        >
          <Inspector />
        </Panel>
      </Group>
    </div>
  );
}

function Divider({
  label,
  across = false,
}: {
  label: string;
  across?: boolean;
}) {
  return (
    <Separator
      aria-label={label}
      className={`shrink-0 bg-border transition-colors data-[separator=active]:bg-accent data-[separator=hover]:bg-accent ${across ? "h-px" : "w-px"}`}
    />
  );
}

const query = "(max-width: 1100px)";

function useNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", onChange);
      return () => media.removeEventListener("change", onChange);
    },
    () => window.matchMedia(query).matches,
  );
}
