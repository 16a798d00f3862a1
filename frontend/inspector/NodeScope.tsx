import { createContext, type ReactNode, useContext, useMemo } from "react";
import { useFunctions } from "../api/queries";
import type { FunctionInfo } from "../api/types";
import { inputColumns, type Column } from "../document/analysis";
import { useAnalysis } from "../document/AnalysisProvider";
import type { JsonObject } from "../document/document";
import { useDocument } from "../document/store";
import type { Vocabulary } from "../sql/completion";

/** What the fields of a node may speak of. */
export interface Scope {
  node: string;
  inputs: ReturnType<typeof inputColumns>;
  /** All input columns, each name once; of a source its own. */
  columns: readonly Column[];
  functions: readonly FunctionInfo[];
  vocabulary: Vocabulary;
}

const NodeScope = createContext<Scope>({
  node: "",
  inputs: [],
  columns: [],
  functions: [],
  vocabulary: { tables: [], functions: [], query: false },
});

export function useScope(): Scope {
  return useContext(NodeScope);
}

const NO_CONFIG: JsonObject = {};

/** The node's whole config, for fields that speak of other fields. */
export function useConfig(): JsonObject {
  const { node } = useScope();
  return useDocument(
    ({ document }) => document.nodes[node]?.config ?? NO_CONFIG,
  );
}

const NO_FUNCTIONS: FunctionInfo[] = [];

export function NodeScopeProvider({
  node,
  children,
}: {
  node: string;
  children: ReactNode;
}) {
  const { columns } = useAnalysis();
  const document = useDocument((state) => state.document);
  const functions = useFunctions().data ?? NO_FUNCTIONS;
  const scope = useMemo(() => {
    const inputs = inputColumns(document, columns, node);
    const own = { from: "", port: "", columns: columns.get(node) ?? [] };
    const tables = inputs.length > 0 ? inputs : [own];
    return {
      node,
      inputs,
      columns: uniqueColumns(tables.flatMap((table) => table.columns)),
      functions,
      vocabulary: {
        tables: tables.flatMap(namesOf),
        functions,
        query: false,
      },
    };
  }, [document, columns, node, functions]);
  return <NodeScope value={scope}>{children}</NodeScope>;
}

/** An input is called by its node's name, and one of several ports also by the port's. */
function namesOf({ from, port, columns }: Scope["inputs"][number]) {
  const byName = { name: from, isPort: false, columns };
  return port === "in" || port === ""
    ? [byName]
    : [{ name: port, isPort: true, columns }, byName];
}

function uniqueColumns(columns: readonly Column[]): Column[] {
  return [...new Map(columns.map((column) => [column.name, column])).values()];
}
