import { X } from "lucide-react";
import { useState } from "react";
import {
  type FieldProps,
  at,
  listOrNothing,
  removed,
  textsOf,
} from "./fieldProps";
import { useColumnSuggestions } from "./simpleFields";
import { SuggestInput } from "./SuggestInput";

/** Column names as chips, and a field to add one more. */
export function ColumnListInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  const names = textsOf(value);
  const suggestions = useColumnSuggestions().filter(
    (suggestion) => !names.includes(suggestion.value),
  );
  // Another key empties the field after a name was taken over.
  const [turn, setTurn] = useState(0);
  const add = (text: string) => {
    const name = text.trim();
    if (name !== "" && !names.includes(name)) onChange([...names, name]);
    setTurn(turn + 1);
  };
  return (
    <div className="flex flex-col gap-1.5">
      {names.length > 0 && (
        <ul aria-label={field.title} className="flex flex-wrap gap-1">
          {names.map((name, index) => {
            const wrong = at(diagnostics, `${field.path}.${index}`).length > 0;
            return (
              <li
                key={`${index} ${name}`}
                data-field={`${field.path}.${index}`}
                className={`flex h-6 items-center gap-0.5 rounded-md border pl-2 font-mono text-xs ${wrong ? "border-danger text-danger" : "bg-sunken"}`}
              >
                {name}
                <button
                  type="button"
                  aria-label={`Remove ${name}`}
                  className="grid size-5 place-items-center rounded-sm text-faint hover:text-text"
                  onClick={() => onChange(listOrNothing(removed(names, index)))}
                >
                  <X size={12} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <SuggestInput
        key={turn}
        label={`Add to ${field.title}`}
        value=""
        suggestions={suggestions}
        placeholder={field.placeholder ?? "Add a column"}
        onCommit={() => {}}
        onPick={add}
      />
    </div>
  );
}
