import { useShallow } from "zustand/react/shallow";
import { documentStore, useDocument } from "../document/store";
import { count } from "../ui/format";
import { SampleChoice } from "./SampleChoice";
import { sampleOf } from "./sample";

/** The pipeline's sources, each with what previews read of it. */
export function SampleList() {
  const ids = useDocument(
    useShallow(({ document }) =>
      Object.keys(document.nodes).filter(
        (id) => document.nodes[id]?.kind === "source",
      ),
    ),
  );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-3">
      <p className="pb-2 text-sm text-muted">
        A preview reads each source live, or a sample of it: some rows of your
        own, the same each time.
      </p>
      <ul className="flex flex-col gap-1">
        {ids.map((id) => (
          <Source key={id} id={id} />
        ))}
      </ul>
    </div>
  );
}

function Source({ id }: { id: string }) {
  const name = useDocument(({ document }) => document.nodes[id]?.name ?? "");
  const rows = useDocument(
    ({ document }) => sampleOf(document, id)?.rows.length,
  );
  return (
    <li className="flex flex-wrap items-center gap-3">
      <button
        type="button"
        className="w-48 truncate rounded-sm text-left font-mono text-xs hover:text-accent"
        onClick={() => documentStore.select({ nodes: [id], edges: [] })}
      >
        {name}
      </button>
      <SampleChoice id={id} compact />
      <span className="text-xs text-muted">
        {rows === undefined ? "no sample" : `${count(rows)} rows`}
      </span>
    </li>
  );
}
