import { useDeferredValue, useMemo } from "react";
import type { Preview } from "../api/types";
import { useDocument } from "../document/store";
import { logicOf, useStartedLogic } from "./logic";

/** Says that the rows are those of an older drawing. Moving a node does not make them so. */
export function ChangedSince({ preview }: { preview: Preview }) {
  const started = useStartedLogic((all) => all[preview.id]);
  const document = useDeferredValue(useDocument((state) => state.document));
  const now = useMemo(() => logicOf(document), [document]);
  if (started === undefined || started === now) return null;
  return (
    <span className="truncate text-warn" data-testid="rows-outdated">
      The pipeline was changed since: preview again
    </span>
  );
}
