import type { ComponentType } from "react";
import type { KindField } from "../api/types";
import { ColumnListInput } from "./ColumnListInput";
import { ColumnListsInput } from "./ColumnListsInput";
import { ExpressionListInput } from "./ExpressionListInput";
import type { FieldProps } from "./fieldProps";
import { FunctionInput } from "./FunctionInput";
import { HintListInput } from "./HintListInput";
import { NamedExpressionsInput } from "./NamedExpressionsInput";
import { OptionsInput } from "./OptionsInput";
import { OrderByInput } from "./OrderByInput";
import {
  BooleanInput,
  ColumnInput,
  EnumInput,
  ExpressionInput,
  TextInput,
} from "./simpleFields";
import { TableColumnsInput } from "./TableColumnsInput";
import { ValueRowsInput } from "./ValueRowsInput";

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
  hintList: HintListInput,
  columnLists: ColumnListsInput,
  orderBy: OrderByInput,
  valueRows: ValueRowsInput,
};

/** The control for a field's type; a type of a newer server is edited as text. */
export function FieldControl(props: FieldProps) {
  const Control = controls[props.field.type] ?? TextInput;
  return <Control {...props} />;
}
