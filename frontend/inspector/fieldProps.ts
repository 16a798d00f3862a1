import type { Diagnostic, KindField } from "../api/types";
import {
  isObject,
  valueAt,
  type Json,
  type JsonObject,
} from "../document/document";

/** What each kind of field is given. */
export interface FieldProps {
  field: KindField;
  /** undefined when the config does not have it. */
  value: Json | undefined;
  /** undefined takes it out of the config; edits with the same burst are one undo step. */
  onChange: (value: Json | undefined, burst?: string) => void;
  /** Of this field and what is inside it. */
  diagnostics: readonly Diagnostic[];
}

export function isShown(field: KindField, config: JsonObject): boolean {
  if (!field.showWhen) return true;
  const value = valueAt(config, field.showWhen.path) ?? "";
  return field.showWhen.values.includes(String(value));
}

export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

export function rowsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** An empty text is no value: the config stays small and the compiler says what is missing. */
export function orNothing(text: string): string | undefined {
  return text === "" ? undefined : text;
}

export function listOrNothing<T extends Json>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The diagnostics of one part of a field, such as "columns.2.expression". */
export function at(
  diagnostics: readonly Diagnostic[],
  path: string,
): Diagnostic[] {
  return diagnostics.filter(
    ({ field }) => field === path || field.startsWith(`${path}.`),
  );
}

export function replaced<T>(list: readonly T[], index: number, item: T): T[] {
  return list.map((old, place) => (place === index ? item : old));
}

export function removed<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, place) => place !== index);
}

/** The list with one item a place further up (-1) or down (1). */
export function shifted<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const moved = list.slice(index, index + 1);
  return removed(list, index).toSpliced(index + by, 0, ...moved);
}
