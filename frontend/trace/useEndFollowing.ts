import { useEffect } from "react";
import { endFollowing, useFollowing } from "./following";

/** What Escape belongs to first. */
const others =
  "input, textarea, select, [contenteditable=true], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/** Escape ends the following, wherever the panel is. */
export function useEndFollowing(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (!useFollowing.getState().now) return;
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (target instanceof Element && target.closest(others)) return;
      event.stopPropagation();
      endFollowing();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () =>
      window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}
