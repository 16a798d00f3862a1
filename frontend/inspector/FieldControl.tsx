import type { ComponentType } from "react";
import type { KindField } from "../api/types";
import { ColumnListInput } from "./ColumnListInput";
import { ExpressionListInput } from "./ExpressionListInput";
import type { FieldProps } from "./fieldProps";
import { FunctionInput } from "./FunctionInput";
import { NamedExpressionsInput } from "./NamedExpressionsInput";
import { OptionsInput } from "./OptionsInput";
import {
  BooleanInput,
  ColumnInput,
  EnumInput,
  ExpressionInput,
  TextInput,
} from "./simpleFields";
import { TableColumnsInput } from "./TableColumnsInput";

const controls: Record<KindField["type"], ComponentType<FieldProps>> = {
  text: TextInput,
  expression: ExpressionInput,
  sql: ExpressionInput,
  enum: EnumInput,
  boolean: BooleanInput,
  column: ColumnInput,
  columnList: ColumnListInput,
  expressionList: ExpressionListInput,
  namedExpressions: NamedExpressionsInput,
  tableColumns: TableColumnsInput,
  options: OptionsInput,
  function: FunctionInput,
  hintList: ExpressionListInput,
  // Shown as their JSON until they have controls of their own.
  columnLists: TextInput,
  orderBy: TextInput,
  valueRows: TextInput,
};

/** The control for a field's type; a type of a newer server is edited as text. */
export function FieldControl(props: FieldProps) {
  const Control = controls[props.field.type] ?? TextInput;
  return <Control {...props} />;
}
