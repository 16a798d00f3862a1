import { useState } from "react";
import type { SampleRule } from "../api/types";
import { isNumeric } from "../preview/cells";
import type { GridColumn } from "./gridRows";
import { isText, rootOf } from "./values";

type Kind = NonNullable<SampleRule["kind"]>;

const titles: Record<Kind, string> = {
  sequence: "Counts up",
  range: "Between",
  choices: "One of",
  pattern: "Pattern",
  time: "Time rises",
};

/** The ways that fit a column's type. */
function kindsOf(type: string): Kind[] {
  if (isNumeric(type)) return ["sequence", "range", "choices"];
  if (isText(type)) return ["pattern", "choices", "sequence"];
  return /^(DATE|TIME)/.test(rootOf(type)) ? ["time", "choices"] : ["choices"];
}

const field =
  "h-6.5 min-w-0 rounded-md border border-control bg-surface px-1.5 text-xs text-text placeholder:text-faint";

/** How the values of one column are made. */
export function RuleRow({
  column: { name, type },
  rule,
  onChange,
}: {
  column: GridColumn;
  rule: SampleRule;
  onChange: (rule: SampleRule) => void;
}) {
  return (
    <li className="flex flex-wrap items-center gap-2">
      <span className="w-40 min-w-0 truncate font-mono text-xs" title={name}>
        {name} <span className="text-faint">{type}</span>
      </span>
      <select
        aria-label={`How ${name} is made`}
        className={`${field} w-28`}
        value={rule.kind ?? ""}
        onChange={({ target }) =>
          onChange(target.value ? { kind: target.value as Kind } : {})
        }
      >
        <option value="">By its type</option>
        {kindsOf(type).map((kind) => (
          <option key={kind} value={kind}>
            {titles[kind]}
          </option>
        ))}
      </select>
      <Details key={rule.kind} name={name} rule={rule} onChange={onChange} />
      {!type.endsWith("NOT NULL") && (
        <label className="ml-auto flex items-center gap-1 text-xs text-muted">
          NULL
          <input
            type="number"
            min={0}
            max={100}
            aria-label={`Percent of NULL in ${name}`}
            className={`${field} w-14`}
            value={Math.round((rule.nulls ?? 0) * 100)}
            onChange={({ target }) => {
              const share = Math.min(100, Math.max(0, Number(target.value)));
              onChange({ ...rule, nulls: share / 100 });
            }}
          />
          %
        </label>
      )}
    </li>
  );
}

interface Detail {
  title: string;
  placeholder: string;
  width: string;
  /** The rule with what was typed; "" takes it away. */
  put: (text: string) => Partial<SampleRule>;
}

const details: Record<Kind, readonly Detail[]> = {
  sequence: [
    {
      title: "from",
      placeholder: "1",
      width: "w-24",
      put: (start) => given({ start }),
    },
    {
      title: "step",
      placeholder: "1",
      width: "w-16",
      put: (step) => given({ step }),
    },
  ],
  range: [
    {
      title: "lowest",
      placeholder: "0",
      width: "w-24",
      put: (min) => given({ min }),
    },
    {
      title: "highest",
      placeholder: "100",
      width: "w-24",
      put: (max) => given({ max }),
    },
  ],
  choices: [
    {
      title: "values, parted by commas",
      placeholder: "a, b, c",
      width: "w-56",
      put: (text) => ({
        choices: text
          .split(",")
          .map((choice) => choice.trim())
          .filter((choice) => choice !== ""),
      }),
    },
  ],
  pattern: [
    {
      title: "# a digit, ? a letter, * either",
      placeholder: "AB-####",
      width: "w-56",
      put: (pattern) => ({ pattern }),
    },
  ],
  time: [
    {
      title: "from",
      placeholder: "2024-01-01 00:00:00",
      width: "w-36",
      put: (start) => given({ start }),
    },
    {
      title: "step in ms",
      placeholder: "1000",
      width: "w-20",
      put: (text) => ({ stepMs: whole(text) }),
    },
    {
      title: "late by up to, in ms",
      placeholder: "0",
      width: "w-20",
      put: (text) => ({ jitterMs: whole(text) }),
    },
  ],
};

function given(part: Partial<SampleRule>): Partial<SampleRule> {
  return Object.fromEntries(
    Object.entries(part).map(([key, text]) => [key, text === "" ? null : text]),
  );
}

function whole(text: string): number {
  return /^\d{1,12}$/.test(text.trim()) ? Number(text) : 0;
}

function Details({
  name,
  rule,
  onChange,
}: {
  name: string;
  rule: SampleRule;
  onChange: (rule: SampleRule) => void;
}) {
  return (rule.kind ? details[rule.kind] : []).map((detail) => (
    <DetailInput
      key={detail.title}
      name={name}
      detail={detail}
      onText={(text) => onChange({ ...rule, ...detail.put(text) })}
    />
  ));
}

function DetailInput({
  name,
  detail: { title, placeholder, width },
  onText,
}: {
  name: string;
  detail: Detail;
  onText: (text: string) => void;
}) {
  const [text, setText] = useState("");
  return (
    <input
      aria-label={`${name}: ${title}`}
      title={title}
      placeholder={placeholder}
      className={`${field} ${width} font-mono`}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        onText(target.value);
      }}
    />
  );
}
