import { FlaskConical, RotateCw } from "lucide-react";
import { useState } from "react";
import { useLive } from "../live/store";
import { edgesInto, nodeName } from "../document/document";
import { documentStore, useDocument } from "../document/store";
import { rowToTry } from "../trace/chosenRows";
import { PieceList } from "../trace/PieceList";
import { IconButton } from "../ui/IconButton";
import { useScope } from "./NodeScope";

/** The kinds whose expressions have a value for each row of their inputs. */
const perRow = new Set(["filter", "select", "join", "udf"]);

interface Shown {
  /** Of which rows, in words. */
  of: string;
  rows: Record<string, unknown[]>;
}

/** Opens the values that an expression of the node's form and its pieces have for a row of each input. */
export function RowValues({
  label,
  expression,
}: {
  /** Of the expression's field. */
  label: string;
  expression: string;
}) {
  const { node } = useScope();
  const pipeline = useDocument((state) => state.pipeline);
  const possible = useDocument(
    ({ document }) =>
      perRow.has(document.nodes[node]?.kind ?? "") &&
      edgesInto(document, node).length > 0,
  );
  const preview = useLive((state) => state.previews[pipeline]?.id);
  const [shown, setShown] = useState<Shown | null>(null);
  const [nothing, setNothing] = useState("");
  if (!possible || !preview || expression.trim() === "") return null;
  const take = () => {
    const taken = rowsFor(preview, node);
    setShown(typeof taken === "string" ? null : taken);
    setNothing(typeof taken === "string" ? taken : "");
  };
  const isOpen = shown !== null || nothing !== "";
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center gap-1">
        <button
          type="button"
          aria-label={`Values for a row: ${label}`}
          aria-expanded={isOpen}
          className="flex items-center gap-1 rounded-sm text-2xs text-muted hover:text-accent"
          onClick={() => {
            if (!isOpen) take();
            else {
              setShown(null);
              setNothing("");
            }
          }}
        >
          <FlaskConical size={11} />
          Values for a row
        </button>
        {isOpen && (
          <IconButton
            size="sm"
            className="size-5!"
            aria-label="Take the row that is chosen or newest now"
            onClick={take}
          >
            <RotateCw size={11} />
          </IconButton>
        )}
      </div>
      {nothing !== "" && <p className="text-xs text-muted">{nothing}</p>}
      {shown && (
        <div
          data-testid="row-values"
          className="flex min-w-0 flex-col gap-1 rounded-md border bg-sunken px-2 py-1.5"
        >
          <p className="text-2xs text-muted">{shown.of}</p>
          <PieceList node={node} expression={expression} rows={shown.rows} />
        </div>
      )}
    </div>
  );
}

/** A row of each input; a sentence when one has none. */
function rowsFor(preview: string, node: string): Shown | string {
  const { document } = documentStore.api.getState();
  const rows: Record<string, unknown[]> = {};
  const words: string[] = [];
  for (const { from } of edgesInto(document, node)) {
    const name = nodeName(document, from);
    const found = rowToTry(preview, from);
    if (!found)
      return `The preview has no rows of ${name} yet: without one there are no values.`;
    rows[from] = found.row.values;
    words.push(`the ${found.isChosen ? "chosen" : "newest"} row of ${name}`);
  }
  return { of: `For ${words.join(" and ")}`, rows };
}
