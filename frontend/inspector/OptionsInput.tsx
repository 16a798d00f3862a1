import { useConnectors } from "../api/queries";
import type { Connector } from "../api/types";
import { useKindMap } from "../canvas/KindMap";
import { isObject, type Json } from "../document/document";
import { useDocument } from "../document/store";
import { Select } from "../ui/Select";
import { type FieldProps, textOf } from "./fieldProps";
import { FreeOptions } from "./FreeOptions";
import { KnownOptions } from "./KnownOptions";
import { useScope } from "./NodeScope";

export type Options = Record<string, string>;

const NO_CONNECTORS: Connector[] = [];

/** Keys with values: a table's with its connector, others as they are. */
export function OptionsInput(props: FieldProps) {
  return props.field.path === "table.options" ? (
    <TableOptions {...props} />
  ) : (
    <PlainOptions {...props} />
  );
}

function PlainOptions({ field, value, onChange }: FieldProps) {
  const options = optionsOf(value);
  return (
    <FreeOptions
      connector={undefined}
      path={field.path}
      options={options}
      onSet={(key, text, burst) => onChange(withKey(options, key, text), burst)}
    />
  );
}

/** The connector, what is known of its options, and any other key. */
function TableOptions({ field, value, onChange, diagnostics }: FieldProps) {
  const connectors = useConnectors().data ?? NO_CONNECTORS;
  const usable = useUsable(connectors);
  const options = optionsOf(value);
  const name = options["connector"] ?? "";
  const connector = connectors.find((candidate) => candidate.name === name);
  const set = (key: string, text: string | undefined, burst?: string) =>
    onChange(withKey(options, key, text), burst);
  const titles = usable.map((one) => ({ value: one.name, title: one.title }));
  if (name !== "" && !usable.includes(connector ?? NOT_THERE))
    titles.push({ value: name, title: connector?.title ?? name });
  return (
    <div className="flex flex-col gap-3">
      <Select
        label="Connector"
        hideLabel
        placeholder="Choose a connector"
        value={name}
        options={titles}
        help={connector?.help}
        onChange={(next) => onChange(switched(options, next, connectors))}
        data-testid="connector"
      />
      <KnownOptions
        path={field.path}
        connector={connector}
        options={options}
        onSet={set}
        diagnostics={diagnostics}
      />
      <FreeOptions
        connector={connector}
        path={field.path}
        options={options}
        onSet={set}
      />
    </div>
  );
}

function withKey(
  options: Options,
  key: string,
  text: string | undefined,
): Options | undefined {
  const { [key]: _, ...others } = options;
  const next = text === undefined ? others : { ...options, [key]: text };
  return Object.keys(next).length === 0 ? undefined : next;
}

const NOT_THERE: Connector = {
  name: "",
  title: "",
  help: "",
  source: false,
  sink: false,
  options: [],
};

function useUsable(connectors: Connector[]): Connector[] {
  const { node } = useScope();
  const kinds = useKindMap();
  const kind = useDocument(({ document }) => document.nodes[node]?.kind ?? "");
  const sink = kinds.get(kind)?.output === false;
  return connectors.filter((one) => (sink ? one.sink : one.source));
}

function optionsOf(value: Json | undefined): Options {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => [key, textOf(text)]),
  );
}

/** Another connector keeps what it knows too, and what a person added by hand. */
export function switched(
  options: Options,
  name: string,
  connectors: readonly Connector[],
): Options {
  const keysOf = (connector: string | undefined) =>
    new Set(
      connectors
        .find((one) => one.name === connector)
        ?.options.map((option) => option.key),
    );
  const before = keysOf(options["connector"]);
  const after = keysOf(name);
  const kept = Object.entries(options).filter(
    ([key]) => key !== "connector" && (after.has(key) || !before.has(key)),
  );
  return { connector: name, ...Object.fromEntries(kept) };
}
