import { Check, X } from "lucide-react";
import {
  everyCombination,
  groupNames,
  hasSet,
  MOST_COMBINED,
  withName,
  withSet,
} from "./columnSets";
import {
  at,
  type FieldProps,
  listOrNothing,
  replaced,
  textsOf,
} from "./fieldProps";
import { ListRows } from "./ListRows";
import { useConfig } from "./NodeScope";

/** Sets of the node's groups: each row a set, each group a chip to press. */
export function ColumnListsInput({
  field,
  value,
  onChange,
  diagnostics,
}: FieldProps) {
  const groups = groupNames(useConfig());
  const sets = Array.isArray(value) ? value.map(textsOf) : [];
  const keep = (next: string[][]) => onChange(listOrNothing(next));
  return (
    <div className="flex flex-col gap-2">
      <QuickSets groups={groups} sets={sets} onChange={keep} />
      <ListRows
        items={sets}
        onChange={keep}
        add={() => [...groups]}
        addLabel="Add set"
        itemLabel="Set"
      >
        {(set, index) => (
          <SetChips
            label={`Set ${index + 1}`}
            path={`${field.path}.${index}`}
            set={set}
            groups={groups}
            invalid={at(diagnostics, `${field.path}.${index}`).length > 0}
            onToggle={(name) =>
              keep(replaced(sets, index, withName(set, name, groups)))
            }
          />
        )}
      </ListRows>
    </div>
  );
}

/** The sets that are asked for most, each one press: all rows together, by one group, by every combination. */
function QuickSets({
  groups,
  sets,
  onChange,
}: {
  groups: readonly string[];
  sets: string[][];
  onChange: (sets: string[][]) => void;
}) {
  const every = everyCombination(groups.slice(0, MOST_COMBINED));
  const tooMany = groups.length > MOST_COMBINED;
  return (
    <div role="group" aria-label="Common sets" className="flex flex-wrap gap-1">
      <Toggle
        name="all"
        title="One row for all: the grand total"
        on={hasSet(sets, [])}
        onPress={() => onChange(withSet(sets, []))}
      />
      {groups.map((name) => (
        <Toggle
          key={name}
          name={`by ${name}`}
          title={`One row for each ${name}`}
          on={hasSet(sets, [name])}
          onPress={() => onChange(withSet(sets, [name]))}
        />
      ))}
      <Toggle
        name="every combination"
        title={
          tooMany
            ? `More than ${MOST_COMBINED} groups: choose Cube as the grouping instead`
            : "From all groups together down to the grand total"
        }
        disabled={groups.length < 2 || tooMany}
        on={
          !tooMany &&
          sets.length === every.length &&
          every.every((set) => hasSet(sets, set))
        }
        onPress={() => onChange(every)}
      />
    </div>
  );
}

function SetChips({
  label,
  path,
  set,
  groups,
  invalid,
  onToggle,
}: {
  label: string;
  path: string;
  set: readonly string[];
  groups: readonly string[];
  invalid: boolean;
  onToggle: (name: string) => void;
}) {
  const strange = set.filter((name) => !groups.includes(name));
  return (
    <div
      role="group"
      aria-label={label}
      data-field={path}
      className={`flex min-h-7.5 flex-wrap items-center gap-1 rounded-md border bg-sunken p-0.75 ${invalid ? "border-danger" : ""}`}
    >
      {groups.map((name) => (
        <Toggle
          key={name}
          name={name}
          mono
          on={set.includes(name)}
          onPress={() => onToggle(name)}
        />
      ))}
      {strange.map((name) => (
        <button
          key={name}
          type="button"
          title="No group of this node. Press to take it out."
          aria-label={`Remove ${name}`}
          className="flex h-5.5 items-center gap-1 rounded-sm border border-danger px-1.5 font-mono text-xs text-danger"
          onClick={() => onToggle(name)}
        >
          {name === "" ? "(no name)" : name}
          <X size={11} />
        </button>
      ))}
      {set.length === 0 && (
        <span className="px-1 text-xs text-muted">grand total (all)</span>
      )}
      {groups.length === 0 && strange.length === 0 && (
        <span className="px-1 text-xs text-faint">
          Name groups or dimensions first.
        </span>
      )}
    </div>
  );
}

function Toggle({
  name,
  title,
  on,
  mono = false,
  disabled = false,
  onPress,
}: {
  name: string;
  title?: string;
  on: boolean;
  mono?: boolean;
  disabled?: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      disabled={disabled}
      title={title}
      onClick={onPress}
      className={`flex h-5.5 max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs disabled:opacity-50 ${mono ? "font-mono" : ""} ${on ? "border-accent bg-accent-soft text-accent" : "border-control bg-surface text-muted hover:bg-hover hover:text-text"}`}
    >
      {on && <Check size={11} aria-hidden="true" className="shrink-0" />}
      <span className="truncate">{name}</span>
    </button>
  );
}
