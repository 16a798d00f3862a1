import { Switch as Base } from "@base-ui/react/switch";
import type { ReactNode } from "react";

/** Something that is on or off, at once. */
export function Switch({
  checked,
  onChange,
  children,
  ...rest
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** What is on or off. */
  children: ReactNode;
  title?: string;
  "data-testid"?: string;
}) {
  return (
    <label
      title={rest.title}
      className="flex h-7.5 shrink-0 cursor-pointer items-center gap-1.5 text-xs text-muted"
    >
      <Base.Root
        checked={checked}
        onCheckedChange={(next: boolean) => onChange(next)}
        data-testid={rest["data-testid"]}
        className="flex h-4 w-7 items-center rounded-full border border-control bg-sunken p-px transition-colors data-checked:border-accent data-checked:bg-accent"
      >
        <Base.Thumb className="size-3 rounded-full bg-control transition-transform data-checked:translate-x-3 data-checked:bg-on-accent" />
      </Base.Root>
      {children}
    </label>
  );
}
