import { ClipboardPaste, Pin, WandSparkles } from "lucide-react";
import { useState } from "react";
import { useLivePreview } from "../live/hooks";
import { Button } from "../ui/Button";
import { GenerateDialog } from "./GenerateDialog";
import type { GridColumn } from "./gridRows";
import { PasteDialog } from "./PasteDialog";
import { PinDialog } from "./PinDialog";

type Way = "pin" | "paste" | "generate";

/** The ways to a whole new sample, each by a dialog. */
export function SampleWays({
  pipeline,
  id,
  columns,
}: {
  pipeline: string;
  id: string;
  columns: readonly GridColumn[];
}) {
  const [way, setWay] = useState<Way | null>(null);
  const preview = useLivePreview(pipeline);
  const rows = preview?.nodes[id]?.count ?? 0;
  const known = columns.length > 0;
  const dialog = { id, columns, onClose: () => setWay(null) };
  return (
    <>
      <Button
        size="sm"
        icon={<Pin size={13} />}
        disabled={rows === 0 || !known}
        title={
          rows === 0 ? "Run a preview first: it has no rows of this source" : ""
        }
        onClick={() => setWay("pin")}
      >
        Pin these rows
      </Button>
      <Button
        size="sm"
        icon={<ClipboardPaste size={13} />}
        disabled={!known}
        onClick={() => setWay("paste")}
      >
        Paste or upload
      </Button>
      <Button
        size="sm"
        icon={<WandSparkles size={13} />}
        disabled={!known}
        onClick={() => setWay("generate")}
      >
        Generate
      </Button>
      {way === "pin" && preview && <PinDialog {...dialog} preview={preview} />}
      {way === "paste" && <PasteDialog {...dialog} />}
      {way === "generate" && <GenerateDialog {...dialog} />}
    </>
  );
}
