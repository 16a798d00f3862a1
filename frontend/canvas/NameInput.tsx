import { useState } from "react";
import { nameProblem } from "../document/names";
import { renameNode } from "../document/rename";
import { documentStore, useDocument } from "../document/store";
import { useKindMap } from "./KindMap";
import { useRenaming } from "./renaming";

/** The node's name as a field on its card: Enter keeps it, Escape does not. */
export function NameInput({ id, name }: { id: string; name: string }) {
  const kinds = useKindMap();
  const [text, setText] = useState(name);
  const problem = useDocument(({ document }) =>
    nameProblem(document, id, text.trim()),
  );
  const stop = () => useRenaming.setState({ node: undefined });
  const keep = () => {
    const { document } = documentStore.api.getState();
    const wanted = text.trim();
    if (!problem && wanted !== document.nodes[id]?.name)
      documentStore.edit(renameNode(document, kinds, id, wanted));
    stop();
  };
  return (
    <>
      <input
        ref={focusAndSelect}
        aria-label="Name of the node"
        aria-invalid={problem !== undefined}
        spellCheck={false}
        className="card-name-input nodrag nopan"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && !problem) keep();
          if (event.key === "Escape") stop();
        }}
      />
      {problem && (
        <p role="alert" className="card-name-problem">
          {problem}
        </p>
      )}
    </>
  );
}

function focusAndSelect(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}
