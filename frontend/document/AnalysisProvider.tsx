import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  createContext,
  useContext,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { compile } from "../api/actions";
import { useRelations } from "../api/queries";
import type { Relations } from "../api/types";
import { useEngine, useLivePreview } from "../live/hooks";
import {
  groupByNode,
  knownColumns,
  mergeDiagnostics,
  sameLogic,
  stillTrue,
  type Analysis,
} from "./analysis";
import type { PipelineDocument } from "./document";
import { useRested } from "../ui/useRested";
import { useDocument } from "./store";

const COMPILE_PAUSE_MS = 200;

const AnalysisContext = createContext<Analysis>({
  compiled: undefined,
  compiledFrom: undefined,
  failure: undefined,
  diagnostics: [],
  byNode: new Map(),
  columns: new Map(),
});

export function useAnalysis(): Analysis {
  return useContext(AnalysisContext);
}

/** Asks compiler and engine about the open document and gives the answers to everything inside. */
export function AnalysisProvider({
  pipeline,
  children,
}: {
  pipeline: string;
  children: ReactNode;
}) {
  const document = useLogic(useDocument((state) => state.document));
  const compiled = useCompiled(document);
  const saved = useSavedLogic(document);
  const ready = useEngine().state === "ready";
  const relations = useRelations(pipeline, saved.revision, ready);
  const preview = useLivePreview(pipeline);
  const compiledNow = compiled.data?.answer;
  const compiledFrom = compiled.data?.document;
  const previewed =
    preview?.revision === saved.revision ? preview.diagnostics : undefined;

  const diagnostics = useMemo(
    () =>
      mergeDiagnostics([
        compiledNow?.diagnostics ?? [],
        relations.isPlaceholderData
          ? []
          : stillTrue(
              relations.data?.diagnostics ?? [],
              saved.document,
              document,
            ),
        stillTrue(previewed ?? [], saved.document, document),
      ]).filter(({ node }) => node === "" || document.nodes[node]),
    [compiledNow, relations, previewed, saved.document, document],
  );
  const byNode = useMemo(() => groupByNode(diagnostics), [diagnostics]);
  const columns = useColumns(document, relations.data);
  const failure = compiled.error?.message;
  const analysis = useMemo(
    () => ({
      compiled: compiledNow,
      compiledFrom,
      failure,
      diagnostics,
      byNode,
      columns,
    }),
    [compiledNow, compiledFrom, failure, diagnostics, byNode, columns],
  );
  return <AnalysisContext value={analysis}>{children}</AnalysisContext>;
}

/** Columns by node; what was known before stays, marked as stale, while a mistake hides it from Flink. */
function useColumns(
  document: PipelineDocument,
  relations: Relations | undefined,
): Analysis["columns"] {
  const [last, setLast] = useState(() => ({
    document,
    relations,
    columns: knownColumns(document, relations, new Map()),
  }));
  if (last.document === document && last.relations === relations)
    return last.columns;
  const columns = knownColumns(document, relations, last.columns);
  setLast({ document, relations, columns });
  return columns;
}

/** The document, the same object as long as nothing but positions changes. */
function useLogic(document: PipelineDocument): PipelineDocument {
  const [logic, setLogic] = useState(document);
  const samples = logic.samples === document.samples;
  const tests = logic.tests === document.tests; // their mistakes are told as well
  if (samples && tests && sameLogic(logic, document)) return logic;
  setLogic(document);
  return document;
}

/** The newest revision at which the server had another meaning; moving nodes asks Flink nothing. */
function useSavedLogic(document: PipelineDocument): {
  revision: number;
  document: PipelineDocument;
} {
  const revision = useDocument((state) => state.revision);
  const settled = useDocument((state) => state.pending.length === 0);
  const [saved, setSaved] = useState({ revision, document });
  if (!settled || saved.document === document) return saved;
  const next = { revision, document };
  setSaved(next);
  return next;
}

let made = 0;
const numbers = new WeakMap<PipelineDocument, number>();

/** A number a document object, so that the cache does not hash whole documents. */
function documentNumber(document: PipelineDocument): number {
  const known = numbers.get(document);
  if (known !== undefined) return known;
  numbers.set(document, ++made);
  return made;
}

function useCompiled(document: PipelineDocument) {
  const rested = useRested(document, COMPILE_PAUSE_MS);
  return useQuery({
    queryKey: ["compile", documentNumber(rested)],
    queryFn: async ({ signal }) => ({
      document: rested,
      answer: await compile(rested, signal),
    }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  });
}
