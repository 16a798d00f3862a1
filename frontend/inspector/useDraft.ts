import { useEffect, useState } from "react";

const COMMIT_MS = 300;

type Commit = (text: string, burst: string) => void;

let sessions = 0;

/** A mark that joins all edits of one visit to a field into one undo step. */
function newBurst(): string {
  sessions += 1;
  return `focus-${sessions}`;
}

interface Handlers {
  commit: Commit;
  onFlush: () => void;
}

/** Holds back typed text for a moment; outside of React, so that a field that goes away can still hand over its last. */
class Typist {
  private handlers: Handlers | undefined;
  private burst = "";
  private text: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  listen(handlers: Handlers): void {
    this.handlers = handlers;
  }

  begin(): void {
    this.burst = newBurst();
  }

  type(text: string): void {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), COMMIT_MS);
  }

  flush(): void {
    clearTimeout(this.timer);
    const { text } = this;
    this.text = undefined;
    if (text === undefined) return;
    this.handlers?.onFlush();
    this.handlers?.commit(text, this.burst || newBurst());
  }
}

export interface Draft {
  text: string;
  onChange: (text: string) => void;
  onFocus: () => void;
  onBlur: () => void;
}

/** Text while it is typed: shown at once; committed after a short rest, when the field is left and when it goes away. */
export function useDraft(value: string, commit: Commit): Draft {
  const [typed, setTyped] = useState<string>();
  const [held] = useState(() => new Typist());
  useEffect(() => {
    held.listen({ commit, onFlush: () => setTyped(undefined) });
  });
  useEffect(() => () => held.flush(), [held]);

  return {
    text: typed ?? value,
    onChange: (text) => {
      setTyped(text);
      held.type(text);
    },
    onFocus: () => {
      held.begin();
    },
    onBlur: () => held.flush(),
  };
}
