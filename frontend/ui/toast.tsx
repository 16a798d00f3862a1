import { Toast } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./IconButton";

export type ToastTone = "neutral" | "ok" | "warn" | "danger";

const manager = Toast.createToastManager();

/** Says something at the corner of the page. What failed stays until it is closed. */
export function toast({
  title,
  detail,
  tone = "neutral",
}: {
  title: string;
  detail?: string;
  tone?: ToastTone;
}): void {
  const failed = tone === "danger";
  manager.add({
    title,
    description: detail,
    type: tone,
    priority: failed ? "high" : "low",
    timeout: failed ? 0 : 5000,
  });
}

const edges: Record<string, string> = {
  ok: "border-l-ok",
  warn: "border-l-warn",
  danger: "border-l-danger",
};

/** Shows the toasts; stands once around the page. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-60 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      className={`rounded-md border-l-3 bg-raised text-text shadow-float transition-opacity duration-150 data-ending-style:opacity-0 data-limited:hidden ${edges[item.type ?? ""] ?? "border-l-accent"}`}
    >
      <Toast.Content className="flex items-start gap-2 py-2 pr-2 pl-3">
        <div className="min-w-0 flex-1 py-0.5">
          <Toast.Title className="text-sm font-medium" />
          <Toast.Description className="text-sm wrap-anywhere text-muted" />
        </div>
        <Toast.Close render={<IconButton aria-label="Dismiss" size="sm" />}>
          <X size={14} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
