import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export interface Tab {
  id: string;
  title: ReactNode;
  content: ReactNode;
}

/** Tabs whose panels fill the rest of the height. Only the open panel is in the page. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
  end,
}: {
  tabs: readonly Tab[];
  value: string;
  onChange: (id: string) => void;
  label: string;
  /** Stands at the end of the row of tabs. */
  end?: ReactNode;
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next: string) => onChange(next)}
      className="flex min-h-0 min-w-0 flex-1 flex-col"
    >
      <div className="flex h-9 shrink-0 items-center gap-2 border-b px-2">
        <Base.List
          aria-label={label}
          className="flex h-full gap-1 self-stretch"
        >
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.id}
              value={tab.id}
              className="-mb-px flex items-center gap-1.5 border-b-2 border-transparent px-2 text-sm font-medium text-muted hover:text-text focus-visible:-outline-offset-2 data-active:border-accent data-active:text-text"
            >
              {tab.title}
            </Base.Tab>
          ))}
        </Base.List>
        {end && <div className="ml-auto flex items-center gap-1">{end}</div>}
      </div>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.id}
          value={tab.id}
          className="flex min-h-0 flex-1 flex-col outline-offset-[-2px]"
        >
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
