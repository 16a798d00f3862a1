import { useState } from "react";
import type { Diagnostic } from "../api/types";
import { useKindMap } from "../canvas/KindMap";
import { nameProblem } from "../document/names";
import { renameNode } from "../document/rename";
import { documentStore, useDocument } from "../document/store";
import { inputClass } from "../ui/Field";
import { DiagnosticList, FieldFrame } from "./FieldFrame";

/** The node's name. It is kept as a whole, on Enter or when the field is left: each half-typed name would rewrite others. */
export function NameField({
  id,
  name,
  diagnostics,
}: {
  id: string;
  name: string;
  diagnostics: readonly Diagnostic[];
}) {
  const kinds = useKindMap();
  const [typed, setTyped] = useState<string>();
  const problem = useDocument(({ document }) =>
    typed === undefined ? undefined : nameProblem(document, id, typed.trim()),
  );
  const keep = () => {
    const { document } = documentStore.api.getState();
    const wanted = typed?.trim() ?? name;
    setTyped(undefined);
    if (wanted !== name && !nameProblem(document, id, wanted))
      documentStore.edit(renameNode(document, kinds, id, wanted));
  };
  return (
    <FieldFrame
      path="name"
      title="Name"
      required
      help=""
      diagnostics={problem ? [] : diagnostics}
    >
      <input
        aria-label="Name"
        aria-invalid={problem !== undefined}
        spellCheck={false}
        autoComplete="off"
        className={`${inputClass} h-7.5 font-mono text-xs!`}
        value={typed ?? name}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape") setTyped(undefined);
        }}
      />
      {problem && <DiagnosticList diagnostics={[nameDiagnostic(problem)]} />}
    </FieldFrame>
  );
}

function nameDiagnostic(detail: string): Diagnostic {
  return {
    node: "",
    field: "name",
    severity: "error",
    code: "name",
    summary: "Name not kept",
    detail,
  };
}
