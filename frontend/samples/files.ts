import type { ParseSampleBody } from "../api/types";

export type Format = ParseSampleBody["format"];

/** The format that a file's name tells; undefined where it tells none. */
export function fileFormat(name: string): Format | undefined {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return byExtension[extension];
}

const byExtension: Record<string, Format> = {
  csv: "csv",
  tsv: "csv",
  json: "jsonLines",
  jsonl: "jsonLines",
  ndjson: "jsonLines",
  avro: "avro",
};

const chunk = 0x8000;

export function base64(data: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < data.length; at += chunk)
    binary += String.fromCharCode(...data.subarray(at, at + chunk));
  return btoa(binary);
}
