import "./trace.css";
import type { ReactNode } from "react";
import { FollowPanel } from "./FollowPanel";
import { useFollowed } from "./following";

/** The rows, and beside them the way of the row that is followed; without room for both, the way alone. */
export function BesideRows({ children }: { children: ReactNode }) {
  const followed = useFollowed();
  return (
    <div className="@container relative flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1">{children}</div>
      {followed && <FollowPanel following={followed} />}
    </div>
  );
}
