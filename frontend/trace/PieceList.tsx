import { useQuery } from "@tanstack/react-query";
import { evaluate } from "../api/actions";
import { useDocument, whenSaved } from "../document/store";
import { ProblemNote } from "../ui/ProblemNote";
import { Spinner } from "../ui/Spinner";
import { type Piece, piecesOf } from "./pieces";

/** An expression of a node and its pieces with their values for one row of each input, by the input's node id. */
export function PieceList({
  node,
  expression,
  rows,
}: {
  node: string;
  expression: string;
  rows: Record<string, unknown[]>;
}) {
  const pipeline = useDocument((state) => state.pipeline);
  const { data, error } = useQuery({
    queryKey: ["pieces", pipeline, node, expression, rows],
    queryFn: async ({ signal }) => {
      await whenSaved();
      return evaluate(pipeline, { node, expression, rows }, signal);
    },
    staleTime: Infinity,
    gcTime: 60_000,
  });
  if (error)
    return <ProblemNote error={error} title="It has no value for this row" />;
  if (!data)
    return (
      <p className="flex items-center gap-1.5 text-xs text-muted" role="status">
        <Spinner size={12} />
        Flink works it out
      </p>
    );
  return (
    <ul
      aria-label={`Values of ${expression}`}
      data-testid="pieces"
      className="flex flex-col font-mono text-xs"
    >
      {piecesOf(expression, data.parts).map((piece, index) => (
        <PieceLine key={index} piece={piece} />
      ))}
    </ul>
  );
}

const indents = ["pl-0", "pl-3", "pl-6", "pl-9", "pl-12"] as const;

function PieceLine({ piece: { text, depth, value } }: { piece: Piece }) {
  const indent = indents[Math.min(depth, indents.length - 1)];
  return (
    <li className={`flex flex-wrap items-baseline gap-x-2 py-px ${indent}`}>
      <span className={`wrap-anywhere ${depth === 0 ? "" : "text-muted"}`}>
        {text}
      </span>
      <span className="text-faint" aria-hidden="true">
        =
      </span>
      <Value value={value} />
    </li>
  );
}

function Value({ value }: { value: string | null }) {
  if (value === null) return <span className="text-warn italic">NULL</span>;
  const tone =
    value === "TRUE" ? "text-ok" : value === "FALSE" ? "text-danger" : "";
  return (
    <span className={`font-semibold wrap-anywhere ${tone}`}>
      {value === "" ? "''" : value}
    </span>
  );
}
