import { X } from "lucide-react";
import { useState } from "react";
import type { Connector } from "../api/types";
import { IconButton } from "../ui/IconButton";
import { DraftInput } from "./DraftInput";
import { isTemplate } from "./KnownOptions";
import { useScope } from "./NodeScope";
import type { Options } from "./OptionsInput";
import { SuggestInput, type Suggestion } from "./SuggestInput";

interface Props {
  connector: Connector | undefined;
  /** The config path of the options. */
  path: string;
  options: Options;
  onSet: (key: string, value: string | undefined, burst?: string) => void;
}

/** Options that the connector's description does not list, as key and value. */
export function FreeOptions({ connector, path, options, onSet }: Props) {
  const { columns } = useScope();
  const [turn, setTurn] = useState(0);
  // A table's connector is chosen above.
  const isTable = path === "table.options";
  const known = new Set(connector?.options.map(({ key }) => key));
  const free = Object.entries(options).filter(
    ([key]) => !(isTable && key === "connector") && !known.has(key),
  );
  const suggestions = templateKeys(
    connector,
    columns.map(({ name }) => name),
  ).filter(({ value }) => !(value in options));
  return (
    <div className="flex flex-col gap-1.5">
      {free.map(([key, value]) => (
        <div
          key={key}
          className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-1"
        >
          <span title={key} className="truncate font-mono text-xs text-muted">
            {key}
          </span>
          <DraftInput
            label={key}
            path={`${path}.${key}`}
            mono
            value={value}
            placeholder="value"
            onCommit={(text, burst) => onSet(key, text, burst)}
          />
          <IconButton
            aria-label={`Remove ${key}`}
            size="sm"
            onClick={() => onSet(key, undefined)}
          >
            <X size={13} />
          </IconButton>
        </div>
      ))}
      <SuggestInput
        key={turn}
        label="Add another option"
        value=""
        placeholder="Add another option: type its key"
        suggestions={suggestions}
        onCommit={() => {}}
        onPick={(text) => {
          const key = text.trim();
          if (key !== "" && !(key in options)) onSet(key, "");
          setTurn(turn + 1);
        }}
      />
    </div>
  );
}

function templateKeys(
  connector: Connector | undefined,
  columns: readonly string[],
): Suggestion[] {
  return (connector?.options ?? []).filter(isTemplate).flatMap((option) => {
    const names = columns.length > 0 ? columns : ["<column>"];
    return names.map((name) => ({
      value: option.key.replace(/<[^>]*>/, name),
      detail: option.title,
    }));
  });
}
