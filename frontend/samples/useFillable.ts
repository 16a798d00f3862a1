import { useMemo } from "react";
import { NO_COLUMNS } from "../document/analysis";
import { useAnalysis } from "../document/AnalysisProvider";
import { useDocument } from "../document/store";
import type { GridColumn } from "./gridRows";
import { fillable } from "./sample";

/** The source's columns that a sample gives values of; the same list while they stay the same. */
export function useFillable(id: string): readonly GridColumn[] {
  const columns = useAnalysis().columns.get(id) ?? NO_COLUMNS;
  const node = useDocument(({ document }) => document.nodes[id]);
  return useMemo(() => (node ? fillable(node, columns) : []), [node, columns]);
}
