package flinksql

// Query is a query with what may stand around it: WITH before, ORDER BY, LIMIT, OFFSET and FETCH behind.
type Query struct {
	Span      // without brackets around the query
	Recursive bool
	With      []*CTE
	Body      Body
	OrderBy   []*OrderItem
	Offset    Expr // nil when absent
	Limit     Expr // LIMIT n or FETCH NEXT n ROWS ONLY; nil when absent or LIMIT ALL
}

// CTE is name [(columns)] AS (query) of a WITH clause.
type CTE struct {
	Span
	Name    Name
	Columns []Name
	Query   *Query
}

// Body is one of *Select, *Values, *SetOperation, *ExplicitTable and *Query (in brackets).
type Body interface {
	Node
	body()
}

// Select is SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW … QUALIFY.
type Select struct {
	Span
	Hints    []Hint
	Stream   bool
	Distinct bool
	All      bool // SELECT ALL
	Items    []*SelectItem
	From     TableExpr // nil when absent; a comma is a *Join of type Comma
	Where    Expr      // nil when absent
	GroupBy  *GroupBy  // nil when absent
	Having   Expr
	Windows  []*NamedWindow
	Qualify  Expr
	// Clauses are the spans of the clauses with their keywords; zero where absent.
	WhereClause, GroupByClause, HavingClause Span
}

// SelectItem is an expression, * or t.*, with its alias.
type SelectItem struct {
	Span
	Expr  Expr  // *Star for * and t.*
	Alias *Name // nil when absent
}

// GroupBy is GROUP BY [DISTINCT|ALL] items.
type GroupBy struct {
	Span
	Quantifier string // "DISTINCT", "ALL" or ""
	Items      []*GroupItem
}

// GroupItem is an expression, a list of them in brackets (also empty), or GROUPING SETS, CUBE and ROLLUP over items.
type GroupItem struct {
	Span
	Kind  GroupKind
	Expr  Expr         // of GroupExpr
	Exprs []Expr       // of GroupList
	Items []*GroupItem // of GroupSets, GroupCube and GroupRollup
}

// GroupKind is the kind of a GroupItem.
type GroupKind int

// The kinds of group items.
const (
	GroupExpr GroupKind = iota
	GroupList
	GroupSets
	GroupCube
	GroupRollup
)

// NamedWindow is name AS (specification) of a WINDOW clause.
type NamedWindow struct {
	Span
	Name Name
	Spec *WindowSpec
}

// WindowSpec is what stands in the brackets of OVER and of a WINDOW clause.
type WindowSpec struct {
	Span              // with the brackets
	Base        *Name // an existing window's name
	PartitionBy []Expr
	OrderBy     []*OrderItem
	Frame       *Frame // nil when absent
	Partial     string // "ALLOW PARTIAL", "DISALLOW PARTIAL" or ""
}

// Frame is ROWS|RANGE start, or ROWS|RANGE BETWEEN start AND end.
type Frame struct {
	Span
	Rows       bool
	Start, End *Bound // End is nil without BETWEEN
}

// Bound is CURRENT ROW, UNBOUNDED PRECEDING|FOLLOWING, or expression PRECEDING|FOLLOWING.
type Bound struct {
	Span
	CurrentRow, Unbounded bool
	Following             bool
	Expr                  Expr
}

// OrderItem is an expression with ASC or DESC and NULLS FIRST or LAST.
type OrderItem struct {
	Span
	Expr       Expr
	Descending bool
	Ascending  bool   // ASC stood there
	Nulls      string // "FIRST", "LAST" or ""
}

// Values is VALUES (…), (…). A row in brackets is one entry of Rows with its expressions.
type Values struct {
	Span
	Rows []*ValuesRow
}

// ValuesRow is one row of VALUES: (1, 'a'), ROW(1, 'a') or 1.
type ValuesRow struct {
	Span
	Row   bool // the word ROW stood there
	Exprs []Expr
}

// SetOperation is left UNION|INTERSECT|EXCEPT|MINUS [ALL|DISTINCT] right.
type SetOperation struct {
	Span
	Operator    string // "UNION", "INTERSECT", "EXCEPT" or "MINUS"
	All         bool
	Distinct    bool // DISTINCT stood there
	Left, Right Body
}

// ExplicitTable is TABLE t as a query.
type ExplicitTable struct {
	Span
	Table Path
}

func (*Select) body()        {}
func (*Values) body()        {}
func (*SetOperation) body()  {}
func (*ExplicitTable) body() {}
func (*Query) body()         {}

// --- What stands behind FROM ---

// TableExpr is one of *TableName, *Derived, *TableFunction, *Unnest, *Join, *Aliased, *Sampled and *MatchRecognize.
type TableExpr interface {
	Node
	tableExpr()
}

// TableName is a table or view, with hints and FOR SYSTEM_TIME AS OF.
type TableName struct {
	Span
	Path  Path
	Hints []Hint
	AsOf  Expr // nil when absent
}

// Sampled is table TABLESAMPLE method.
type Sampled struct {
	Span
	Table  TableExpr
	Method string // what stands behind TABLESAMPLE: "BERNOULLI (10)", "SYSTEM (10) REPEATABLE (1)", "SUBSTITUTE ('name')"
}

// Derived is a query in brackets.
type Derived struct {
	Span    // with the brackets, and LATERAL
	Lateral bool
	Query   *Query
}

// TableFunction is [LATERAL] TABLE(call), a window TVF or another function that gives a table; also the call by itself,
// which Flink 2 reads without TABLE.
type TableFunction struct {
	Span
	Lateral bool
	Table   bool // TABLE(…) stood around it
	Call    *Call
}

// Unnest is UNNEST(expressions) [WITH ORDINALITY].
type Unnest struct {
	Span
	Lateral    bool
	Exprs      []Expr
	Ordinality bool
}

// JoinType is the type of a Join.
type JoinType string

// The types of joins.
const (
	CommaJoin JoinType = ","
	CrossJoin JoinType = "CROSS"
	InnerJoin JoinType = "INNER"
	LeftJoin  JoinType = "LEFT"
	RightJoin JoinType = "RIGHT"
	FullJoin  JoinType = "FULL"
)

// Join is left JOIN right with ON or USING, or neither (comma, CROSS, NATURAL).
type Join struct {
	Span
	Type        JoinType
	Natural     bool
	Left, Right TableExpr
	On          Expr // nil when absent
	Using       []Name
}

// Aliased is a table with AS alias [(columns)].
type Aliased struct {
	Span
	Table   TableExpr
	Alias   Name
	Columns []Name
}

// MatchRecognize is table MATCH_RECOGNIZE (…).
type MatchRecognize struct {
	Span
	Input       TableExpr
	PartitionBy []Expr
	OrderBy     []*OrderItem
	Measures    []*SelectItem
	Rows        string // "ONE ROW PER MATCH", "ALL ROWS PER MATCH" or ""
	After       Span   // AFTER MATCH SKIP …; zero when absent
	AfterText   string // the same with one space between its words, keywords in upper case; "" when absent
	Pattern     Span   // what stands in the brackets of PATTERN (…)
	PatternText string // the same, its parts with one space between: "A B+ C*?"
	Within      Expr   // WITHIN INTERVAL …; nil when absent
	Subsets     []Subset
	Define      []*Definition
}

// Subset is name = (a, b) of MATCH_RECOGNIZE.
type Subset struct {
	Span
	Name  Name
	Names []Name
}

// Definition is name AS condition of DEFINE.
type Definition struct {
	Span
	Name      Name
	Condition Expr
}

// Hint is name(arguments) of /*+ … */. Span is that of the hint, not of the whole comment.
type Hint struct {
	Span
	Name    Name
	Options []Option // 'key' = 'value', and key = value
	Args    []Name   // table names and literals as written
}

func (*TableName) tableExpr()      {}
func (*Derived) tableExpr()        {}
func (*TableFunction) tableExpr()  {}
func (*Unnest) tableExpr()         {}
func (*Join) tableExpr()           {}
func (*Aliased) tableExpr()        {}
func (*Sampled) tableExpr()        {}
func (*MatchRecognize) tableExpr() {}
