import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";

export const popupClass =
  "rounded-md bg-raised p-1 text-text shadow-float outline-none";

/** One line of a menu, or a thin rule between lines. */
export type MenuItem =
  | {
      id: string;
      label: string;
      icon?: ReactNode;
      shortcut?: string;
      danger?: boolean;
      disabled?: boolean;
      onSelect: () => void;
    }
  | "separator";

/** A menu that its trigger, one button element, opens. */
export function Menu({
  trigger,
  items,
  align = "start",
}: {
  trigger: ReactElement;
  items: readonly MenuItem[];
  align?: "start" | "end";
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className="z-50">
          <Base.Popup className={`${popupClass} min-w-44`}>
            {items.map((item, index) =>
              item === "separator" ? (
                <Base.Separator
                  key={`separator-${index}`}
                  className="mx-1 my-1 h-px bg-border"
                />
              ) : (
                <Line key={item.id} item={item} />
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Line({ item }: { item: Exclude<MenuItem, "separator"> }) {
  return (
    <Base.Item
      disabled={item.disabled ?? false}
      onClick={item.onSelect}
      className={`flex h-7 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-hover ${item.danger ? "text-danger" : ""}`}
    >
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.shortcut && (
        <kbd className="pl-4 font-sans text-xs text-faint">{item.shortcut}</kbd>
      )}
    </Base.Item>
  );
}
