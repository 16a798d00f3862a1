import type { FunctionInfo } from "../api/types";
import { type FieldProps, orNothing, textOf } from "./fieldProps";
import { useScope } from "./NodeScope";
import { SuggestInput } from "./SuggestInput";

/** A function by name: the pipeline's own first, then Flink's; below it how it is called. */
export function FunctionInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  const { functions } = useScope();
  const name = textOf(value);
  const chosen = functions.find(
    (candidate) => candidate.name.toLowerCase() === name.toLowerCase(),
  );
  const sorted = functions.toSorted(
    (a, b) =>
      Number(a.kind === "builtin") - Number(b.kind === "builtin") ||
      a.name.localeCompare(b.name),
  );
  return (
    <>
      <SuggestInput
        label={field.title}
        path={field.path}
        value={name}
        placeholder={field.placeholder ?? "Choose a function"}
        invalid={diagnostics.some(({ severity }) => severity === "error")}
        suggestions={sorted.map((one) => ({
          value: one.name,
          detail: one.kind === "builtin" ? "built in" : signature(one),
        }))}
        onCommit={(text, burst) => onChange(orNothing(text), burst)}
      />
      {chosen && chosen.signatures.length > 0 && (
        <ul
          aria-label={`Signatures of ${chosen.name}`}
          className="rounded-md bg-sunken px-2 py-1 font-mono text-2xs text-muted"
        >
          {chosen.signatures.map((line) => (
            <li key={line} className="wrap-anywhere">
              {line}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function signature({ signatures }: FunctionInfo): string {
  return signatures[0] ?? "UDF";
}
