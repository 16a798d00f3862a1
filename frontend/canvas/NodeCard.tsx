import { type NodeProps, useStore } from "@xyflow/react";
import { Clock } from "lucide-react";
import { memo } from "react";
import type { Column } from "../document/analysis";
import { useDocument } from "../document/store";
import { useNodeFigures } from "../live/hooks";
import { CardFigures } from "./CardFigures";
import { FAR, focusName } from "./commands";
import { CardHeader } from "./CardHeader";
import { shownColumns, titledPorts } from "./cardLayout";
import { categoryClass } from "./categories";
import { compact } from "./figures";
import type { CardNode } from "./flowNodes";
import { KindIcon } from "./KindIcon";
import { Ports } from "./Ports";
import { problemTone } from "./problems";
import { useNodeMark } from "../trace/following";

export const NodeCard = memo(function NodeCard({
  id,
  data,
  selected,
}: NodeProps<CardNode>) {
  const far = useStore((state) => state.transform[2] < FAR);
  const { node, kind, columns, problems, usedPorts } = data;
  const mark = useNodeMark(id);
  const tone = problemTone(problems);
  const short = columns.length === 0 && titledPorts(kind).length === 0;
  return (
    <div
      data-testid={`node-${node.name}`}
      data-node-id={id}
      data-tone={tone}
      data-mark={mark}
      data-selected={selected || undefined}
      className={`card ${categoryClass(kind?.category)} ${far ? "card-far" : ""} ${far && short ? "card-far-short" : ""}`}
    >
      {far ? (
        <FarSign id={id} name={node.name} icon={kind?.icon ?? "unknown"} />
      ) : (
        <>
          <CardHeader id={id} node={node} kind={kind} problems={problems} />
          <div className={`card-ports-${titledPorts(kind).length}`} />
          <Columns columns={columns} />
          <CardFigures id={id} sink={kind !== undefined && !kind.output} />
        </>
      )}
      <Ports id={id} name={node.name} kind={kind} usedPorts={usedPorts} />
    </div>
  );
});

function FarSign({
  id,
  name,
  icon,
}: {
  id: string;
  name: string;
  icon: string;
}) {
  const pipeline = useDocument((state) => state.pipeline);
  const { count } = useNodeFigures(pipeline, id);
  return (
    <>
      {count === undefined && (
        <span className="card-sign-icon">
          <KindIcon icon={icon} size={36} />
        </span>
      )}
      <span className="card-sign" onDoubleClick={focusName}>
        {name}
      </span>
      {count !== undefined && (
        <span className="card-sign-count">{compact(count)} rows</span>
      )}
    </>
  );
}

function Columns({ columns }: { columns: readonly Column[] }) {
  if (columns.length === 0) return null;
  const shown = shownColumns(columns.length);
  return (
    <ul
      aria-label="Columns"
      className={`card-columns ${columns[0]?.stale ? "card-columns-stale" : ""}`}
      title={columns[0]?.stale ? "As they were before the problem" : undefined}
    >
      {columns.slice(0, shown).map((column, index) => (
        <li
          key={`${index} ${column.name}`}
          title={`${column.name} ${column.type}`}
        >
          <span className="card-column">{column.name}</span>
          <span className="card-type">
            {shortType(column)}
            {column.rowtime && <Clock size={10} aria-label="Event time" />}
          </span>
        </li>
      ))}
      {columns.length > shown && (
        <li className="card-more">+{columns.length - shown} more</li>
      )}
    </ul>
  );
}

/** ROW<…> and long types end in dots; the whole type is in the tooltip and in the inspector. */
function shortType({ type }: Column): string {
  return type.replace(/<.*>/s, "<…>");
}
