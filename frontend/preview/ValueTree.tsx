import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../ui/Button";
import { plural } from "../ui/format";
import { partsOf } from "./parts";

// A level begins with so many of its parts in the page.
const step = 200;
const openLevels = 2;

/** A value with all its parts; those of arrays, rows and maps fold. */
export function ValueTree({
  value,
  level = 0,
}: {
  value: unknown;
  level?: number;
}) {
  const [shown, setShown] = useState(step);
  const parts = partsOf(value);
  if (!parts) return <Leaf value={value} />;
  if (parts.entries.length === 0)
    return <span className="text-faint">{parts.empty}</span>;
  return (
    <ul className={level > 0 ? "border-l pl-2.5" : ""}>
      {parts.entries.slice(0, shown).map(({ name, value: part }, at) => (
        <li key={at} className="py-px">
          <Part name={name} value={part} level={level} />
        </li>
      ))}
      {parts.entries.length > shown && (
        <li>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => setShown(shown + step)}
          >
            {plural(parts.entries.length - shown, "more part")}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Part({
  name,
  value,
  level,
}: {
  name: string;
  value: unknown;
  level: number;
}) {
  const [open, setOpen] = useState(level < openLevels);
  const parts = partsOf(value);
  if (!parts || parts.entries.length === 0)
    return (
      <div className="flex gap-2">
        <Name>{name}</Name>
        <span className="min-w-0">
          <ValueTree value={value} />
        </span>
      </div>
    );
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex max-w-full items-center gap-1 rounded-sm hover:bg-hover"
      >
        <Icon size={12} aria-hidden="true" className="shrink-0 text-faint" />
        <Name>{name}</Name>
        <span className="font-sans text-2xs text-faint">{parts.summary}</span>
      </button>
      {open && (
        <div className="pl-1.5">
          <ValueTree value={value} level={level + 1} />
        </div>
      )}
    </>
  );
}

function Name({ children }: { children: ReactNode }) {
  return <span className="shrink-0 text-muted">{children}</span>;
}

function Leaf({ value }: { value: unknown }) {
  if (value === null || value === undefined)
    return <span className="text-faint italic">NULL</span>;
  if (value === "")
    return <span className="text-faint italic">empty text</span>;
  return (
    <span className="wrap-anywhere whitespace-pre-wrap select-text">
      {String(value)}
    </span>
  );
}
