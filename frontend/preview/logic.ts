import {
  compareEdges,
  edgesInto,
  type PipelineDocument,
  sameJson,
} from "../document/document";

/**
 * The nodes whose rows may be others by now: their own logic or that of anything upstream is not what it was. Places,
 * descriptions and the pipeline's name change no row. Nodes that are new are not among them: they have no rows.
 */
export function staleNodes(
  before: PipelineDocument,
  now: PipelineDocument,
): ReadonlySet<string> {
  const settled = new Map<string, boolean>();
  const all = !sameRun(before, now);
  const isStale = (id: string): boolean => {
    const known = settled.get(id);
    if (known !== undefined) return known;
    settled.set(id, false); // a cycle says nothing by itself
    const stale =
      all ||
      !sameNode(before, now, id) ||
      edgesInto(now, id).some(({ from }) => isStale(from));
    settled.set(id, stale);
    return stale;
  };
  return new Set(
    Object.keys(now.nodes).filter((id) => before.nodes[id] && isStale(id)),
  );
}

/** Whether a preview of the one could show something else than a preview of the other. */
export function sameRows(a: PipelineDocument, b: PipelineDocument): boolean {
  if (a === b) return true;
  const ids = Object.keys(a.nodes);
  return (
    sameRun(a, b) &&
    ids.length === Object.keys(b.nodes).length &&
    ids.every((id) => sameNode(a, b, id))
  );
}

function sameRun(a: PipelineDocument, b: PipelineDocument): boolean {
  return a.mode === b.mode && sameJson(a.settings, b.settings);
}

function sameNode(
  before: PipelineDocument,
  now: PipelineDocument,
  id: string,
): boolean {
  const a = before.nodes[id];
  const b = now.nodes[id];
  if (!a || !b) return false;
  return (
    (a === b ||
      (a.kind === b.kind &&
        a.name === b.name &&
        sameJson(a.config, b.config))) &&
    sameSample(before, now, id) &&
    (before.edges === now.edges ||
      sameJson(inputsOf(before, id), inputsOf(now, id)))
  );
}

function inputsOf(document: PipelineDocument, id: string) {
  return edgesInto(document, id).toSorted(compareEdges);
}

/** What a preview reads instead of a source: a sample that is kept while the source is live changes nothing. */
function sameSample(
  a: PipelineDocument,
  b: PipelineDocument,
  id: string,
): boolean {
  return sameJson(usedSample(a, id), usedSample(b, id));
}

function usedSample({ samples }: PipelineDocument, id: string) {
  const sample = samples?.[id];
  return sample?.live ? undefined : sample;
}
