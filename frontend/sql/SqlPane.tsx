import { useMemo } from "react";
import { useFunctions } from "../api/queries";
import type { FunctionInfo } from "../api/types";
import { type Analysis, sameLogic } from "../document/analysis";
import { useAnalysis } from "../document/AnalysisProvider";
import type { PipelineDocument } from "../document/document";
import { documentStore, useDocument, useSelectedNode } from "../document/store";
import { EmptyState } from "../ui/EmptyState";
import type { Vocabulary } from "./completion";
import type { Placed } from "./answers";
import type { Draft } from "./draft";
import { drafts, useDraftOfScript } from "./drafts";
import { useFocusedField } from "./field";
import { LazyScriptEditor } from "./LazyCodeEditor";
import type { Mark } from "./marks";
import { ScriptActions } from "./ScriptActions";
import { ScriptState } from "./ScriptState";
import { type Span, spansOf } from "./spans";

export interface SqlPaneProps {
  /** Goes to a field of a node's form, and there to the character that the one of these stands for. */
  onGo: (span: Span, characters: string, offset: number) => void;
  goTo: { offset: number; number: number } | undefined;
}

/** The script of the document on the screen: to read, with what is selected lit up, and to write in. */
export function SqlPane({ onGo, goTo }: SqlPaneProps) {
  const analysis = useAnalysis();
  const { compiled, compiledFrom, failure } = analysis;
  const document = useDocument((state) => state.document);
  const draft = useShownDraft(compiledFrom, document);
  const script = draft?.text ?? compiled?.script ?? "";
  const compiledSpans = useMemo(
    () => (compiled ? spansOf(compiled) : []),
    [compiled],
  );
  const node = useSelectedNode();
  const field = useFocusedField((state) => state.field);
  const place = useMemo(() => ({ node, field }), [node, field]);
  const vocabulary = useVocabulary(analysis, document);
  if (!compiled || !compiledFrom)
    return failure ? <EmptyState title="No SQL">{failure}</EmptyState> : null;
  return (
    <div data-testid="sql-pane" className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-9 shrink-0 items-center gap-1 border-b px-2">
        <ScriptState />
        <span className="flex-1" />
        <ScriptActions script={script} />
      </div>
      <div className="min-h-0 flex-1">
        <LazyScriptEditor
          text={script}
          spans={draft ? undefined : compiledSpans}
          place={place}
          marks={marksOf(draft)}
          goTo={goTo}
          vocabulary={vocabulary}
          onType={(text) => {
            const shown = { script, document: compiledFrom };
            drafts.type(text, draft ? undefined : shown);
          }}
          onSend={() => void drafts.send(true)}
          onLeave={() => drafts.leave()}
          onDone={done}
          onCaret={selectNode}
          onGo={onGo}
        />
      </div>
    </div>
  );
}

/** The draft, unless the compiled script stands in its place: once it is taken, left and compiled. */
function useShownDraft(
  compiledFrom: PipelineDocument | undefined,
  document: PipelineDocument,
): Draft | undefined {
  const draft = useDraftOfScript();
  if (!draft || !draft.left || draft.phase.kind !== "taken") return draft;
  const fresh = compiledFrom && sameLogic(compiledFrom, document);
  return fresh ? undefined : draft;
}

const NO_MARKS: readonly Mark[] = [];
const marked = new WeakMap<readonly Placed[], readonly Mark[]>();

/** What is underlined; undefined while the text is ahead of what was found in it. */
function marksOf(draft: Draft | undefined): readonly Mark[] | undefined {
  if (!draft) return NO_MARKS;
  const { phase, findings } = draft;
  if (phase.kind === "typing" || phase.kind === "reading") return undefined;
  const known = marked.get(findings);
  if (known) return known;
  const marks = findings
    .filter(({ severity }) => severity !== "info")
    .map(markOf);
  marked.set(findings, marks);
  return marks;
}

/** A place without characters (something is missing there) is marked at the one before. */
function markOf({ from, to, severity, summary, detail }: Placed): Mark {
  const start = from === to ? Math.max(0, from - 1) : from;
  return {
    from: start,
    to: Math.max(to, start + 1),
    className: `mark-${severity}`,
    title: detail ? `${summary}. ${detail}` : summary,
  };
}

function selectNode({ node }: Span): void {
  const { document, selection } = documentStore.api.getState();
  const already = selection.nodes.length === 1 && selection.nodes[0] === node;
  if (document.nodes[node] && !already)
    documentStore.select({ nodes: [node], edges: [] });
}

/** Escape: a text that is taken is formatted, one that was typed is read first. */
function done(): boolean {
  const draft = drafts.api.getState()[documentStore.api.getState().pipeline];
  if (!draft || draft.left) return false;
  drafts.leave();
  return true;
}

const NO_FUNCTIONS: FunctionInfo[] = [];

/** A script may speak of every node. */
function useVocabulary(
  { columns }: Pick<Analysis, "columns">,
  { nodes }: PipelineDocument,
): Vocabulary {
  const functions = useFunctions().data ?? NO_FUNCTIONS;
  return useMemo(
    () => ({
      tables: Object.entries(nodes).map(([id, { name }]) => ({
        name,
        isPort: false,
        columns: columns.get(id) ?? [],
      })),
      functions,
      query: true,
    }),
    [nodes, columns, functions],
  );
}
