import {
  type RefObject,
  type UIEvent,
  useCallback,
  useLayoutEffect,
  useRef,
} from "react";

interface Options {
  scroller: RefObject<HTMLElement | null>;
  rowHeight: number;
  /** Places in the node's stream of the first row shown and of the one after the last. */
  first: number;
  end: number;
  follow: boolean;
  onFollow: (follow: boolean) => void;
}

/**
 * Keeps the newest row in view while `follow` is on. While it is off, rows that fall out of the ring do not move those
 * that are being read. Scrolling up turns it off, scrolling to the end turns it on. Answers the scroller's onScroll.
 */
export function useFollow({
  scroller,
  rowHeight,
  first,
  end,
  follow,
  onFollow,
}: Options): (event: UIEvent<HTMLElement>) => void {
  const before = useRef({ first, top: 0, height: 0 });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (follow) element.scrollTo({ top: element.scrollHeight });
    else {
      const dropped = Math.max(0, first - before.current.first);
      if (dropped > 0) element.scrollBy({ top: -dropped * rowHeight });
    }
    before.current = {
      first,
      top: element.scrollTop,
      height: element.scrollHeight,
    };
  }, [scroller, rowHeight, first, end, follow]);

  return useCallback(
    (event) => {
      const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
      const { top, height } = before.current;
      before.current = { ...before.current, top: scrollTop };
      const atEnd = scrollTop + clientHeight >= scrollHeight - rowHeight;
      if (scrollTop < top && height === scrollHeight && !atEnd) onFollow(false);
      if (scrollTop > top && atEnd) onFollow(true);
    },
    [rowHeight, onFollow],
  );
}
