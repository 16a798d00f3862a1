import type { Reason } from "../api/types";
import type { PipelineDocument } from "../document/document";
import type { Edit } from "../document/edits";
import { apply, type Operation } from "../document/operations";
import { sameRows } from "./logic";

export type Remedy = Edit;

/** What the server offers as an edit of the page. */
export function remedyOf({
  label,
  operations,
}: Reason["remedies"][number]): Remedy {
  // The server's operations are the page's; whether they fit is found when they are applied.
  return { label, operations: operations as Operation[] };
}

/** Whether the document is already as the remedy would make it. */
export function inEffect(document: PipelineDocument, remedy: Remedy): boolean {
  const applied = apply(document, remedy.operations);
  return applied.ok && sameRows(document, applied.document);
}
