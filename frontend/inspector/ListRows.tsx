import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { IconButton } from "../ui/IconButton";
import { removed, shifted } from "./fieldProps";

/** Rows of a list with buttons to add, move and remove them. */
export function ListRows<T>({
  items,
  onChange,
  add,
  addLabel,
  itemLabel,
  children,
  extra,
}: {
  items: readonly T[];
  onChange: (items: T[]) => void;
  add: () => T;
  addLabel: string;
  itemLabel: string;
  /** Draws one row's controls. */
  children: (item: T, index: number) => ReactNode;
  /** Stands beside the add button. */
  extra?: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-1.5">
      {items.map((item, index) => (
        <div key={index} className="group flex items-start gap-1">
          <div className="min-w-0 flex-1">{children(item, index)}</div>
          <RowButtons
            label={`${itemLabel} ${index + 1}`}
            first={index === 0}
            last={index === items.length - 1}
            onMove={(by) => onChange(shifted(items, index, by))}
            onRemove={() => onChange(removed(items, index))}
          />
        </div>
      ))}
      <div className="flex gap-1">
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus size={13} />}
          onClick={() => onChange([...items, add()])}
        >
          {addLabel}
        </Button>
        {extra}
      </div>
    </div>
  );
}

function RowButtons({
  label,
  first,
  last,
  onMove,
  onRemove,
}: {
  label: string;
  first: boolean;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  return (
    <div className="flex shrink-0 pt-0.5 text-faint opacity-60 group-focus-within:opacity-100 group-hover:opacity-100">
      <div className="flex flex-col">
        <button
          type="button"
          aria-label={`Move ${label} up`}
          disabled={first}
          onClick={() => onMove(-1)}
          className="grid h-3.25 w-4.5 place-items-center rounded-sm hover:bg-hover hover:text-text disabled:opacity-30"
        >
          <ArrowUp size={11} />
        </button>
        <button
          type="button"
          aria-label={`Move ${label} down`}
          disabled={last}
          onClick={() => onMove(1)}
          className="grid h-3.25 w-4.5 place-items-center rounded-sm hover:bg-hover hover:text-text disabled:opacity-30"
        >
          <ArrowDown size={11} />
        </button>
      </div>
      <IconButton aria-label={`Remove ${label}`} size="sm" onClick={onRemove}>
        <X size={13} />
      </IconButton>
    </div>
  );
}
