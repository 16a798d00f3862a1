import type { Outcome } from "../api/types";
import { cellText } from "../preview/cells";
import { count } from "../ui/format";
import { type Cell, type Change, changesOf } from "./difference";

const looks: Record<Change["sort"], { sign: string; row: string }> = {
  changed: { sign: "~", row: "bg-warn-soft/40" },
  missing: { sign: "−", row: "bg-danger-soft/40" },
  unexpected: { sign: "+", row: "bg-ok-soft/40" },
};

type Words = Record<Change["sort"], string>;

const ofTests: Words = {
  changed: "changed",
  missing: "missing",
  unexpected: "unexpected",
};

/** The rows that differ from what is expected, each with a word for how; nothing when none does. */
export function RowDifference({
  outcome,
  words = ofTests,
}: {
  outcome: Outcome;
  words?: Words;
}) {
  const changes = changesOf(outcome);
  if (changes.length === 0) return null;
  const kinds = changes.some(({ kind }) => kind !== "+I");
  return (
    <>
      <div
        tabIndex={0}
        role="region"
        aria-label={`Rows of ${outcome.name} that differ`}
        className="overflow-x-auto rounded-md border"
      >
        <table className="w-full font-mono text-xs [&_td]:px-2 [&_td]:py-0.5 [&_th]:px-2 [&_th]:py-1">
          <thead>
            <tr className="border-b text-left text-faint">
              <th scope="col" className="w-28 font-sans font-medium">
                Row
              </th>
              {kinds && (
                <th scope="col" className="font-sans font-medium">
                  Kind
                </th>
              )}
              {outcome.columns.map((column) => (
                <th key={column} scope="col" className="font-medium">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changes.map((change, index) => (
              <ChangeLine
                key={index}
                change={change}
                word={words[change.sort]}
                kinds={kinds}
              />
            ))}
          </tbody>
        </table>
      </div>
      {outcome.differing > changes.length && (
        <p className="text-xs text-muted">
          {count(outcome.differing - changes.length)} more rows differ.
        </p>
      )}
    </>
  );
}

function ChangeLine({
  change,
  word,
  kinds,
}: {
  change: Change;
  word: string;
  kinds: boolean;
}) {
  const look = looks[change.sort];
  return (
    <tr className={look.row}>
      <th scope="row" className="text-left font-sans font-normal">
        <span aria-hidden="true">{look.sign} </span>
        {word}
      </th>
      {kinds && <td>{change.kind}</td>}
      {change.cells.map((cell, index) => (
        <CellOf key={index} cell={cell} />
      ))}
    </tr>
  );
}

function CellOf({ cell }: { cell: Cell }) {
  if (cell.expected === undefined)
    return (
      <td className="max-w-80 truncate whitespace-pre">{shown(cell.value)}</td>
    );
  return (
    <td className="max-w-80 bg-warn-soft whitespace-pre">
      <del title="expected" className="text-danger">
        {shown(cell.expected)}
      </del>{" "}
      <ins title="it is there" className="text-ok no-underline">
        {shown(cell.value)}
      </ins>
    </td>
  );
}

function shown(value: unknown): string {
  return cellText(value) ?? "NULL";
}
