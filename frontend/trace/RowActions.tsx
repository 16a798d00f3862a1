import { Menu as Base } from "@base-ui/react/menu";
import { Route } from "lucide-react";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useState,
} from "react";
import type { Row } from "../api/types";
import { useDocument } from "../document/store";
import { startedDocument } from "../preview/started";
import type { RowsView } from "../preview/views";
import { popupClass } from "../ui/Menu";
import { toast } from "../ui/toast";
import { chooseRow } from "./chosenRows";
import { canFollow, follow } from "./following";
import { textOf } from "./path";

const needsSample =
  "Following works on a sample: pin rows of the sources first.";

/** What can be done with one row of a grid, by its menu and by keys. Stands around the grid. */
export function RowActions({
  of: { preview, node },
  rows,
  active,
  grid,
  children,
}: {
  /** Whose rows they are. */
  of: { preview: string; node: string };
  rows: RowsView;
  /** The row that the keys are about; undefined when none is chosen. */
  active: number | undefined;
  grid: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  const [menu, setMenu] = useState<{ index: number; at: DOMRect }>();
  const now = useDocument((state) => state.document);
  const possible = canFollow(startedDocument(preview) ?? now);
  const row = active === undefined ? undefined : rows.at(active);
  useEffect(() => {
    if (row) chooseRow(preview, node, row);
  }, [preview, node, row]);

  const followAt = (index: number) => {
    const wanted = wantedAt(rows, index);
    if (!possible) toast({ title: needsSample });
    else if (wanted) void follow(node, wanted, rows.numberOf(index));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key.toLowerCase() !== "f" || !plain || active === undefined)
      return;
    event.preventDefault();
    followAt(active);
  };
  const onContextMenu = (event: MouseEvent) => {
    const index = rowOf(event.target) ?? active;
    if (index === undefined) return;
    event.preventDefault();
    const byKey = event.button !== 2 && grid.current !== null;
    setMenu({
      index,
      at: byKey
        ? activeCell(grid.current)
        : new DOMRect(event.clientX, event.clientY, 0, 0),
    });
  };
  return (
    <div
      className="relative min-w-0 flex-1"
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      {children}
      <Base.Root
        open={menu !== undefined}
        onOpenChange={(open) => {
          if (!open) setMenu(undefined);
        }}
      >
        <Base.Portal>
          <Base.Positioner
            align="start"
            anchor={{ getBoundingClientRect: () => menu?.at ?? new DOMRect() }}
            className="z-50"
          >
            <Base.Popup
              finalFocus={grid}
              aria-label="Row"
              data-testid="row-menu"
              className={`${popupClass} max-w-72 min-w-44`}
            >
              <Base.Item
                disabled={!possible}
                aria-describedby={possible ? undefined : "follow-needs"}
                onClick={() => menu && followAt(menu.index)}
                className="flex h-7 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none data-disabled:text-faint data-highlighted:bg-hover"
              >
                <Route size={14} />
                <span className="flex-1">Follow this row</span>
                <kbd className="pl-4 font-sans text-xs text-faint">F</kbd>
              </Base.Item>
              {!possible && (
                <p
                  id="follow-needs"
                  role="none"
                  className="px-2 pb-1 text-xs text-muted"
                >
                  {needsSample}
                </p>
              )}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  );
}

function rowOf(target: EventTarget): number | undefined {
  if (!(target instanceof Element)) return undefined;
  const row = target.closest<HTMLElement>("[data-row]")?.dataset["row"];
  return row === undefined ? undefined : Number(row);
}

function activeCell(grid: HTMLElement | null): DOMRect {
  const id = grid?.getAttribute("aria-activedescendant") ?? "";
  const cell = document.getElementById(id) ?? grid;
  return cell?.getBoundingClientRect() ?? new DOMRect();
}

/** The row with its number among equal ones, by which a run on the same rows has it again. */
function wantedAt(rows: RowsView, index: number) {
  const row = rows.at(index);
  if (!row) return undefined;
  const text = textOf(row.values);
  let nth = 0;
  for (let at = 0; at < index; at++) {
    const other: Row | undefined = rows.at(at);
    if (other?.kind === row.kind && textOf(other.values) === text) nth++;
  }
  return { kind: row.kind, values: row.values, nth };
}
