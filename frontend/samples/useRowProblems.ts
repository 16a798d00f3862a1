import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { parseSample } from "../api/actions";
import type { SampleRow } from "../document/document";
import { useRested } from "../ui/useRested";
import type { GridProblems } from "./DataGrid";
import type { GridColumn } from "./gridRows";
import { jsonLines, rowProblems, withoutBareDeletes } from "./problems";

const pauseMs = 300;

/** What does not fit its column, as the server reads the rows: some of it, where there is much. */
export function useRowProblems(
  columns: readonly GridColumn[],
  rows: readonly SampleRow[],
): GridProblems {
  const lines = useMemo(() => jsonLines(columns, rows), [columns, rows]);
  const text = useRested(lines, pauseMs);
  const specs = useDeferredValue(columns);
  const { data } = useQuery({
    queryKey: ["sample-problems", specs, text],
    queryFn: ({ signal }) =>
      parseSample(
        {
          format: "jsonLines",
          text,
          columns: specs
            .filter(({ problem }) => !problem)
            .map(({ name, type }) => ({ name, type })),
        },
        signal,
      ),
    enabled: rows.length > 0 && specs.some(({ type }) => type !== ""),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
  return useMemo(
    () =>
      rowProblems(withoutBareDeletes(data?.diagnostics ?? [], rows), columns),
    [data, columns, rows],
  );
}
