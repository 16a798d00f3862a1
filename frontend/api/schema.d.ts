// Written by hand in the shape that openapi-typescript makes, until openapi.json is there: `npm run api` replaces it.
interface Body<T> {
  content: { "application/json": T };
}
interface Reply<T> {
  headers: Record<string, unknown>;
  content: { "application/json": T };
}
interface Failure {
  headers: Record<string, unknown>;
  content: { "application/problem+json": components["schemas"]["Problem"] };
}
interface NoContent {
  headers: Record<string, unknown>;
  content?: never;
}
interface Get<T, Path = never> {
  parameters: {
    query?: never;
    header?: never;
    path: Path;
    cookie?: never;
  };
  requestBody?: never;
  responses: { 200: Reply<T>; default: Failure };
}
interface GetAll<T> {
  parameters: {
    query?: never;
    header?: never;
    path?: never;
    cookie?: never;
  };
  requestBody?: never;
  responses: { 200: Reply<T>; default: Failure };
}
interface Remove {
  parameters: {
    query?: never;
    header?: never;
    path: { id: string };
    cookie?: never;
  };
  requestBody?: never;
  responses: { 204: NoContent; default: Failure };
}
interface Send<B, T, Path> {
  parameters: {
    query?: never;
    header?: never;
    path: Path;
    cookie?: never;
  };
  requestBody: Body<B>;
  responses: { 200: Reply<T>; default: Failure };
}
interface SendTo<B, T> {
  parameters: {
    query?: never;
    header?: never;
    path?: never;
    cookie?: never;
  };
  requestBody: Body<B>;
  responses: { 200: Reply<T>; default: Failure };
}
type Id = { id: string };
type S = components["schemas"];

export interface paths {
  "/api/v1/status": { get: GetAll<S["Status"]> };
  "/api/v1/kinds": { get: GetAll<S["Kind"][]> };
  "/api/v1/connectors": { get: GetAll<S["Connector"][]> };
  "/api/v1/functions": { get: GetAll<S["Function"][]> };
  "/api/v1/jars": { get: GetAll<S["Jar"][]> };
  "/api/v1/jars/{id}": { delete: Remove };
  "/api/v1/compile": {
    post: SendTo<{ document: S["Document"] }, S["Compiled"]>;
  };
  "/api/v1/import": { post: SendTo<{ sql: string }, S["Imported"]> };
  "/api/v1/pipelines": {
    get: GetAll<S["PipelineSummary"][]>;
    post: SendTo<{ name: string; document?: S["Document"] }, S["Pipeline"]>;
  };
  "/api/v1/pipelines/{id}": { get: Get<S["Pipeline"], Id>; delete: Remove };
  "/api/v1/pipelines/{id}/operations": {
    post: Send<S["OperationsBody"], { revision: number }, Id>;
  };
  "/api/v1/pipelines/{id}/relations": { get: Get<S["Relations"], Id> };
  "/api/v1/pipelines/{id}/previews": {
    post: Send<Record<string, never>, { id: string }, Id>;
  };
  "/api/v1/previews/{id}": { get: Get<S["Preview"], Id>; delete: Remove };
  "/api/v1/pipelines/{id}/deployments": {
    post: Send<Record<string, never>, { job: S["Job"] }, Id>;
  };
  "/api/v1/jobs": { get: GetAll<S["Job"][]> };
  "/api/v1/jobs/{id}/commands": {
    get: Get<S["Command"][], Id>;
    post: Send<{ kind: string }, S["Command"], Id>;
  };
}

export interface components {
  schemas: {
    Engine: {
      state: "starting" | "ready" | "down";
      phase: string;
      version: string;
      seconds: number;
      message: string;
      log: string[];
      gateway: string;
      jobManager: string;
      local: boolean;
    };
    Status: { version: string; engine: S["Engine"] };
    Problem: {
      title?: string;
      status?: number;
      detail?: string;
      code?: string;
      diagnostics?: S["Diagnostic"][];
    };
    Diagnostic: {
      node: string;
      field: string;
      span?: { start: number; end: number };
      severity: "error" | "warning" | "info";
      code: string;
      summary: string;
      detail: string;
    };
    Kind: {
      kind: string;
      title: string;
      category: string;
      icon: string;
      help: string;
      inputs: S["Port"][];
      output: boolean;
      fields: S["Field"][];
    };
    Port: { name: string; title: string; many: boolean; required: boolean };
    Field: {
      path: string;
      title: string;
      type:
        | "text"
        | "expression"
        | "sql"
        | "enum"
        | "boolean"
        | "column"
        | "columnList"
        | "expressionList"
        | "namedExpressions"
        | "tableColumns"
        | "options"
        | "function";
      required: boolean;
      default?: unknown;
      help: string;
      placeholder?: string;
      values?: S["Value"][];
      showWhen?: { path: string; values: string[] };
    };
    Value: { value: string; title: string };
    Connector: {
      name: string;
      title: string;
      help: string;
      source: boolean;
      sink: boolean;
      options: S["ConnectorOption"][];
    };
    ConnectorOption: {
      key: string;
      title: string;
      type: "text" | "number" | "boolean" | "enum";
      required: boolean;
      default?: string;
      help: string;
      values?: string[];
    };
    Function: {
      name: string;
      kind: string;
      class?: string;
      jar?: string;
      signatures: string[];
    };
    Jar: {
      id: string;
      fileName: string;
      size: number;
      functions: { name: string; class: string; signatures: string[] }[];
      uploadedAt: string;
    };
    Document: {
      format: number;
      name: string;
      mode: "streaming" | "batch";
      settings: Record<string, string>;
      nodes: Record<string, S["Node"]>;
      edges: S["Edge"][];
    };
    Node: {
      kind: string;
      name: string;
      config: Record<string, unknown>;
      position: { x: number; y: number };
      description: string;
    };
    Edge: { from: string; to: string; port: string };
    Compiled: {
      script: string;
      statements: {
        node: string;
        sql: string;
        start: number;
        end: number;
      }[];
      diagnostics: S["Diagnostic"][];
    };
    Imported: { document: S["Document"]; diagnostics: S["Diagnostic"][] };
    PipelineSummary: {
      id: string;
      name: string;
      revision: number;
      createdAt: string;
      updatedAt: string;
    };
    Pipeline: S["PipelineSummary"] & { document: S["Document"] };
    Operation:
      | { op: "set"; path: string[]; value: unknown }
      | { op: "delete"; path: string[] };
    OperationsBody: {
      revision: number;
      label: string;
      operations: S["Operation"][];
      client: string;
    };
    Relations: {
      revision: number;
      nodes: Record<string, { columns: S["RelationColumn"][] }>;
      diagnostics: S["Diagnostic"][];
    };
    RelationColumn: {
      name: string;
      type: string;
      nullable: boolean;
      rowtime: boolean;
      watermark: string;
    };
    Preview: {
      id: string;
      pipeline: string;
      revision: number;
      state: "starting" | "running" | "finished" | "failed" | "stopped";
      message: string;
      flinkJobId: string;
      startedAt: string;
      nodes: Record<string, S["PreviewNode"]>;
      diagnostics: S["Diagnostic"][];
    };
    PreviewNode: {
      count: number;
      columns: { name: string; type: string }[];
      rows: S["Row"][];
    };
    Row: { kind: "+I" | "-U" | "+U" | "-D"; values: unknown[] };
    Job: {
      id: string;
      pipeline: string;
      pipelineName: string;
      revision: number;
      state:
        | "DEPLOYING"
        | "RUNNING"
        | "PAUSING"
        | "PAUSED"
        | "KILLING"
        | "KILLED"
        | "FINISHED"
        | "FAILED"
        | "DEPLOY_FAILED"
        | "LOST"
        | "RESTARTING";
      flinkJobId: string;
      flinkState: string;
      createdAt: string;
      updatedAt: string;
      observedAt: string;
      savepointPath: string;
      exception: string;
      message: string;
      nodes: Record<
        string,
        { recordsIn: number | null; recordsOut: number | null }
      >;
      live: boolean;
    };
    Command: {
      id: string;
      kind: string;
      state: "UNDO" | "DOING" | "SUCCEEDED" | "FAILED" | "NEEDS_DECISION";
      message: string;
      createdAt: string;
      updatedAt: string;
    };
  };
}
