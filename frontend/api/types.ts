// The wire's types under the names that the page uses. Everything else imports from here, never from schema.d.ts.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Engine = Schemas["Engine"];
export type Diagnostic = Schemas["Diagnostic"];
export type Kind = Schemas["Kind"];
export type Port = Schemas["Port"];
export type KindField = Schemas["Field"];
export type Connector = Schemas["Connector"];
export type ConnectorOption = Schemas["ConnectorOption"];
export type FunctionInfo = Schemas["Function"];
export type Jar = Schemas["Jar"];
export type PipelineDocument = Schemas["Document"];
export type OperationsBody = Schemas["OperationsBody"];
export type Compiled = Schemas["Compiled"];
/** A diagnostic about a place of a script, in bytes. */
export type Finding = Schemas["Finding"];
export type Edited = Schemas["Edited"];
export type Imported = Schemas["Imported"];
export type PipelineSummary = Schemas["PipelineSummary"];
export type Pipeline = Schemas["Pipeline"];
export type Relations = Schemas["Relations"];
export type Preview = Schemas["Preview"];
export type PreviewNode = Schemas["PreviewNode"];
export type Reasons = Schemas["Reasons"];
export type Reason = Schemas["Reason"];
export type Trace = Schemas["Trace"];
export type TracedRow = Schemas["TracedRow"];
export type EvaluationBody = Schemas["EvaluationBody"];
export type Part = Schemas["Part"];
export type Row = Schemas["Row"];
export type ParseSampleBody = Schemas["ParseSampleBody"];
export type GenerateSampleBody = Schemas["GenerateSampleBody"];
export type SampleRule = Schemas["SampleRule"];
export type ParsedSample = Schemas["ParsedSample"];
export type TestResult = Schemas["TestResult"];
export type Job = Schemas["Job"];
export type Comparison = Schemas["Comparison"];
/** What a node's rows differ in. */
export type Outcome = Schemas["TestOutcome"];
export type Command = Schemas["Command"];

/** What a person can tell a job to do. */
export type CommandKind = "pause" | "resume" | "kill";
