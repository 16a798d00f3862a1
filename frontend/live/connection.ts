import {
  type ClientMessage,
  parseMessage,
  type ServerMessage,
} from "./messages";

interface Handlers {
  onMessage: (message: ServerMessage) => void;
  /** The socket is gone; another is opened after a pause unless this answers false. */
  onDown: () => Promise<boolean>;
}

const firstPauseMs = 300;
const longestPauseMs = 10_000;

/** How long to wait before the n-th try: doubled each time, with jitter, so that many tabs do not come back at once. */
export function pauseMs(attempt: number, random: number): number {
  const full = Math.min(longestPauseMs, firstPauseMs * 2 ** attempt);
  return full * (0.5 + random / 2);
}

/** One websocket that comes back by itself. A missing message (a gap in `seq`) also means a new socket. */
export class LiveConnection {
  private socket: WebSocket | null = null;
  private last = 0;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  private readonly url: string;
  private readonly handlers: Handlers;

  constructor(url: string, handlers: Handlers) {
    this.url = url;
    this.handlers = handlers;
  }

  open(): void {
    clearTimeout(this.timer);
    this.last = 0;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onmessage = (event: MessageEvent<string>) => {
      if (this.socket === socket) this.receive(event.data);
    };
    socket.onclose = () => {
      if (this.socket === socket) void this.down();
    };
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
    this.socket = null;
  }

  /** Sends a message if the socket is open; after a reconnect the caller says again what it wants. */
  send(message: ClientMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify(message));
  }

  /** Tries at once instead of waiting for the pause to end, e.g. when the network is back. */
  hurry(): void {
    if (!this.closed && this.socket === null && this.timer !== undefined)
      this.open();
  }

  private receive(text: string): void {
    const message = parseMessage(text);
    const seq = message?.seq ?? this.last + 1;
    if (seq !== this.last + 1) {
      const socket = this.socket;
      void this.down();
      socket?.close();
      return;
    }
    this.last = seq;
    if (!message) return;
    if (message.type === "hello") this.attempt = 0;
    this.handlers.onMessage(message);
  }

  private async down(): Promise<void> {
    this.socket = null;
    const again = await this.handlers.onDown();
    if (!again || this.closed || this.socket !== null) return;
    const pause = pauseMs(this.attempt++, Math.random());
    this.timer = setTimeout(() => this.open(), pause);
  }
}
