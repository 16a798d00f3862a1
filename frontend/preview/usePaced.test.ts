import { expect, it } from "vitest";
import { Paced } from "./usePaced";

it("makes a value anew for live changes only when there is time, for others at once", () => {
  let now = 0;
  let made = 0;
  const paced = new Paced<number>(() => now);
  const read = (live: number, filter: string) =>
    paced.read(live, [filter], () => {
      now += 10;
      return ++made;
    });
  expect(read(1, "")).toEqual({ value: 1, due: 0 });
  expect(read(1, "")).toEqual({ value: 1, due: 0 });
  expect(read(2, "")).toEqual({ value: 1, due: 40 });
  now += 15;
  expect(read(3, "")).toEqual({ value: 1, due: 25 });
  expect(read(3, "x")).toEqual({ value: 2, due: 0 });
  now += 40;
  expect(read(4, "x")).toEqual({ value: 3, due: 0 });
});
