import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveConnection, pauseMs } from "./connection";

/** A socket that the test speaks through. */
class FakeSocket {
  static all: FakeSocket[] = [];
  static readonly OPEN = 1;
  readyState = FakeSocket.OPEN;
  sent: string[] = [];
  closed = false;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor() {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
    this.onclose?.();
  }
  say(seq: number, type = "error") {
    this.onmessage?.({ data: JSON.stringify({ seq, type, detail: "" }) });
  }
}

const sockets = FakeSocket.all;
let seen: number[];
let down: number;
let again: boolean;
let connection: LiveConnection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  sockets.length = 0;
  seen = [];
  down = 0;
  again = true;
  connection = new LiveConnection("ws://test", {
    onMessage: (message) => seen.push(message.seq),
    onDown: () => {
      down++;
      return Promise.resolve(again);
    },
  });
  connection.open();
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("LiveConnection", () => {
  it("hands on messages in order", () => {
    sockets[0]?.say(1);
    sockets[0]?.say(2);
    expect(seen).toEqual([1, 2]);
  });

  it("opens a new socket at a gap and drops what came after it", async () => {
    sockets[0]?.say(1);
    sockets[0]?.say(3);
    sockets[0]?.say(4);
    expect(seen).toEqual([1]);
    expect(sockets[0]?.closed).toBe(true);
    expect(down).toBe(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(sockets).toHaveLength(2);
    sockets[1]?.say(1);
    expect(seen).toEqual([1, 1]);
  });

  it("counts a message of a type that it does not know, and leaves it", () => {
    sockets[0]?.say(1, "fromTheFuture");
    sockets[0]?.say(2);
    expect(seen).toEqual([2]);
    expect(down).toBe(0);
  });

  it("comes back after a close", async () => {
    sockets[0]?.close();
    await vi.advanceTimersByTimeAsync(1000);
    expect(sockets).toHaveLength(2);
  });

  it("stays away when there is no use in coming back", async () => {
    again = false;
    sockets[0]?.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
  });

  it("does not come back after it was closed here", async () => {
    connection.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
  });
});

describe("pauseMs", () => {
  it("doubles up to ten seconds, with jitter", () => {
    expect(pauseMs(0, 1)).toBe(300);
    expect(pauseMs(1, 1)).toBe(600);
    expect(pauseMs(1, 0)).toBe(300);
    expect(pauseMs(50, 1)).toBe(10_000);
  });
});
