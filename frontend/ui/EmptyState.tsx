import type { ReactNode } from "react";

/** What stands where there is nothing yet: what it is for and the one thing to do. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center-safe gap-1.5 overflow-y-auto px-6 py-4 text-center">
      {icon && <div className="text-faint">{icon}</div>}
      <p className="text-sm font-medium">{title}</p>
      {children && (
        <div className="max-w-120 text-sm text-muted">{children}</div>
      )}
      {action && <div className="mt-1.5 flex gap-2">{action}</div>}
    </div>
  );
}
