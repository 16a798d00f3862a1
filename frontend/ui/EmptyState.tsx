import type { ReactNode } from "react";

/** What stands where there is nothing yet: what it is for and the one thing to do. */
export function EmptyState({
  icon,
  title,
  wholePage = false,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  /** It is all that the page has: the title is its heading. */
  wholePage?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const Title = wholePage ? "h1" : "p";
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center-safe gap-1.5 overflow-y-auto px-6 py-4 text-center">
      {icon && <div className="text-faint">{icon}</div>}
      <Title className="text-sm font-medium">{title}</Title>
      {children && (
        <div className="max-w-120 text-sm text-muted">{children}</div>
      )}
      {action && <div className="mt-1.5 flex gap-2">{action}</div>}
    </div>
  );
}
