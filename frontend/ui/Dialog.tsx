import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./IconButton";

const widths = { sm: "w-105", md: "w-145", lg: "w-205" };

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** The buttons, right-aligned; the main one last. */
  footer?: ReactNode;
  width?: keyof typeof widths;
}

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = "md",
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[rgb(8_12_18/45%)] transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={`fixed top-[12vh] left-1/2 z-40 flex max-h-[76vh] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col rounded-lg bg-raised text-text shadow-float outline-none ${widths[width]}`}
        >
          <header className="flex items-start gap-3 px-4 pt-3.5 pb-1">
            <Base.Title className="flex-1 text-base font-semibold">
              {title}
            </Base.Title>
            <Base.Close render={<IconButton aria-label="Close" size="sm" />}>
              <X size={14} />
            </Base.Close>
          </header>
          <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-4 pb-4">
            {description && (
              <Base.Description render={<div />} className="text-sm text-muted">
                {description}
              </Base.Description>
            )}
            {children}
          </div>
          {footer && (
            <footer className="flex justify-end gap-2 rounded-b-lg border-t bg-sunken px-4 py-2.5">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
