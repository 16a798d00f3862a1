package flinksql

// Span is a range of bytes in the parsed text, end exclusive.
type Span struct{ Start, End int }

// Range is the span itself; it makes every node of a tree a Node.
func (s Span) Range() Span { return s }

// Text is the part of the source that the span means.
func (s Span) Text(source string) string { return source[s.Start:s.End] }

// Node is a part of a tree with its place in the text. A node's span holds the spans of its parts, brackets around an
// expression are outside its span.
type Node interface{ Range() Span }

// Name is one identifier, as it is meant: without back-ticks.
type Name struct {
	Span
	Text   string
	Quoted bool // stood in back-ticks
}

// Path is a name with dots: catalog.database.table, alias.column.
type Path struct {
	Span
	Parts []Name // at least one
}

// --- Statements ---

// Statement is one of *CreateTable, *CreateView, *CreateFunction, *CreateCatalog, *CreateDatabase, *Use, *Set, *Reset,
// *AddJar, *Insert, *StatementSet, *QueryStatement and *Other.
type Statement interface {
	Node
	statement()
}

// CreateTable is CREATE [OR REPLACE] [TEMPORARY] TABLE [IF NOT EXISTS] with all its clauses.
type CreateTable struct {
	Span
	Replace, Temporary, IfNotExists bool
	Path                            Path
	Columns                         []*Column
	ColumnNames                     []Name       // CREATE TABLE t (a, b) … AS: names without types
	Watermark                       *Watermark   // nil when absent
	PrimaryKey                      *PrimaryKey  // nil when absent; also what stands behind a column's own type
	Comment                         *String      // nil when absent
	Distribution                    *Distributed // nil when absent
	Partitioned                     []Name       // PARTITIONED BY
	Options                         []Option     // WITH
	Like                            *Like        // nil when absent
	As                              *Query       // nil when absent
}

// Column is a column of CREATE TABLE: physical (Type), METADATA (Type and Metadata) or computed (Expression).
type Column struct {
	Span
	Name       Name
	Type       *Type // nil of a computed column
	Metadata   bool
	From       *String // METADATA FROM 'key'; nil when absent
	Virtual    bool    // METADATA … VIRTUAL
	Expression Expr    // of a computed column
	Comment    *String
	Definition Span // what stands behind the name: type with METADATA and constraint, or AS and the expression
}

// Watermark is WATERMARK FOR column AS expression.
type Watermark struct {
	Span
	Column     Path
	Expression Expr
}

// PrimaryKey is [CONSTRAINT name] PRIMARY KEY (columns) [NOT ENFORCED].
type PrimaryKey struct {
	Span
	Constraint *Name
	Columns    []Name
	Enforced   *bool // nil when neither ENFORCED nor NOT ENFORCED is said
}

// Distributed is DISTRIBUTED [BY [HASH|RANGE] (columns)] [INTO n BUCKETS].
type Distributed struct {
	Span
	Kind    string // "HASH", "RANGE" or ""
	Columns []Name
	Buckets string // digits; "" when absent
}

// Like is LIKE table (INCLUDING ALL EXCLUDING OPTIONS …).
type Like struct {
	Span
	Table   Path
	Options []LikeOption
}

// LikeOption is one of INCLUDING, EXCLUDING and OVERWRITING with one of ALL, CONSTRAINTS, GENERATED, METADATA, OPTIONS,
// PARTITIONS, WATERMARKS and DISTRIBUTION, in upper case.
type LikeOption struct {
	Span
	Strategy, Feature string
}

// String is a text literal; Value is what it means.
type String struct {
	Span
	Value string
}

// Option is 'key' = 'value'.
type Option struct {
	Span
	Key, Value String
}

// CreateView is CREATE [TEMPORARY] VIEW [IF NOT EXISTS] path [(columns)] [COMMENT 'text'] AS query.
type CreateView struct {
	Span
	Temporary, IfNotExists bool
	Path                   Path
	Columns                []Name
	Comment                *String
	Query                  *Query
}

// CreateFunction is CREATE [TEMPORARY [SYSTEM]] FUNCTION path AS 'class' [LANGUAGE JAVA] [USING JAR 'path', …].
type CreateFunction struct {
	Span
	Temporary, System, IfNotExists bool
	Path                           Path
	Class                          String
	Language                       string // "JAVA", "SCALA", "PYTHON" or ""
	Jars                           []String
	Options                        []Option // WITH
}

// CreateCatalog is CREATE CATALOG [IF NOT EXISTS] name [COMMENT 'text'] [WITH (…)].
type CreateCatalog struct {
	Span
	IfNotExists bool
	Name        Name
	Comment     *String
	Options     []Option
}

// CreateDatabase is CREATE DATABASE [IF NOT EXISTS] path [COMMENT 'text'] [WITH (…)].
type CreateDatabase struct {
	Span
	IfNotExists bool
	Path        Path
	Comment     *String
	Options     []Option
}

// Use is USE database, USE CATALOG name or USE MODULES name, ….
type Use struct {
	Span
	Catalog, Modules bool
	Path             Path   // of a database, or of one part of a catalog
	Names            []Name // of modules
}

// Set is SET 'key' = 'value', or SET alone (both nil).
type Set struct {
	Span
	Key, Value *String
}

// Reset is RESET 'key', or RESET alone (nil).
type Reset struct {
	Span
	Key *String
}

// AddJar is ADD JAR 'path', and REMOVE JAR 'path' where Remove is set.
type AddJar struct {
	Span
	Remove bool
	Jar    String
}

// Insert is [EXECUTE] INSERT INTO or OVERWRITE.
type Insert struct {
	Span
	Execute   bool
	Overwrite bool
	Table     Path
	Hints     []Hint      // /*+ OPTIONS(…) */ behind the table
	Partition []Partition // PARTITION (key = value, …)
	Columns   []Path
	Query     *Query
}

// Partition is key = value of INSERT … PARTITION; Value is nil for a dynamic one.
type Partition struct {
	Span
	Key   Name
	Value Expr
}

// StatementSet is EXECUTE STATEMENT SET BEGIN … END, or the older BEGIN STATEMENT SET; … END.
type StatementSet struct {
	Span
	Older   bool
	Inserts []*Insert
}

// QueryStatement is a query that stands for itself; Execute when EXECUTE stands before it.
type QueryStatement struct {
	Span
	Execute bool
	Query   *Query
}

// Other is a statement that the parser knows by its first words only (DROP, ALTER, SHOW, DESCRIBE, EXPLAIN, …). Its text is
// its span.
type Other struct {
	Span
	Verb string // its first word in upper case
}

func (*CreateTable) statement()    {}
func (*CreateView) statement()     {}
func (*CreateFunction) statement() {}
func (*CreateCatalog) statement()  {}
func (*CreateDatabase) statement() {}
func (*Use) statement()            {}
func (*Set) statement()            {}
func (*Reset) statement()          {}
func (*AddJar) statement()         {}
func (*Insert) statement()         {}
func (*StatementSet) statement()   {}
func (*QueryStatement) statement() {}
func (*Other) statement()          {}

// --- Queries ---

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
}

// Frame is ROWS|RANGE start, or ROWS|RANGE BETWEEN start AND end.
type Frame struct {
	Span
	Rows       bool
	Start, End *Bound // End is nil without BETWEEN
	Exclude    string // "CURRENT ROW", "GROUP", "TIES", "NO OTHERS" or ""
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
	Bare  bool // one expression without brackets
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

// TableExpr is one of *TableName, *Derived, *TableFunction, *Unnest, *Join, *Aliased and *MatchRecognize.
type TableExpr interface {
	Node
	tableExpr()
}

// TableName is a table or view, with hints, FOR SYSTEM_TIME AS OF and TABLESAMPLE.
type TableName struct {
	Span
	Path   Path
	Hints  []Hint
	AsOf   Expr // nil when absent
	Sample Span // TABLESAMPLE …; zero when absent
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
	Pattern     Span   // what stands in the brackets of PATTERN (…)
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
func (*MatchRecognize) tableExpr() {}

// --- Expressions ---

// Expr is one of *ColumnRef, *Star, *Constant, *Unary, *Binary, *Between, *Like, *In, *Exists, *Quantified, *Case, *Cast,
// *Call, *Row, *Array, *MapOf, *Index, *Field, *SubQuery, *TableArg, *Descriptor, *NamedArg and *Default.
type Expr interface {
	Node
	expr()
}

// ColumnRef is a column: name, alias.name, or a path into a row's fields.
type ColumnRef struct{ Path }

// Star is * or t.*.
type Star struct {
	Span
	Qualifier *Path // nil for *
}

// Constant is a constant as written: 1, 'a', TRUE, NULL, DATE '…', INTERVAL '1' DAY, X'…'.
type Constant struct {
	Span
	Kind  ConstantKind
	Value string // of texts what they mean, else as written
}

// ConstantKind is the kind of a Constant.
type ConstantKind int

// The kinds of constants.
const (
	NumberConstant ConstantKind = iota
	TextConstant
	BooleanConstant // TRUE, FALSE and UNKNOWN
	NullConstant
	BinaryConstant   // X'…'
	DateTimeConstant // DATE, TIME and TIMESTAMP with a text
	IntervalConstant
	SymbolConstant // a word that a function takes in its place: the DAY of EXTRACT, the BOTH of TRIM
)

// Unary is an operator with one operand: NOT, -, +, and behind it IS [NOT] NULL, TRUE, FALSE, UNKNOWN and the like.
type Unary struct {
	Span
	Operator string // in upper case, one space between words
	Postfix  bool
	Operand  Expr
}

// Binary is left operator right: arithmetic, comparison, AND, OR, ||, IS [NOT] DISTINCT FROM, OVERLAPS and the like.
type Binary struct {
	Span
	Operator    string // in upper case, one space between words
	Left, Right Expr
}

// Between is x [NOT] BETWEEN [SYMMETRIC|ASYMMETRIC] low AND high.
type Between struct {
	Span
	Not       bool
	Symmetry  string // "SYMMETRIC", "ASYMMETRIC" or ""
	X         Expr
	Low, High Expr
}

// LikeExpr is x [NOT] LIKE, ILIKE, RLIKE or SIMILAR TO pattern [ESCAPE escape].
type LikeExpr struct {
	Span
	Not        bool
	Operator   string
	X, Pattern Expr
	Escape     Expr // nil when absent
}

// In is x [NOT] IN (list) or x [NOT] IN (query).
type In struct {
	Span
	Not   bool
	X     Expr
	List  []Expr
	Query *Query // nil for a list
}

// Exists is EXISTS (query). NOT EXISTS is a Unary around it.
type Exists struct {
	Span
	Query *Query
}

// Quantified is x operator SOME|ANY|ALL (query or list).
type Quantified struct {
	Span
	Operator, Quantifier string
	X                    Expr
	Query                *Query
	List                 []Expr
}

// Case is CASE [operand] WHEN … THEN … [ELSE …] END.
type Case struct {
	Span
	Operand Expr // nil when absent
	Whens   []When
	Else    Expr // nil when absent
}

// When is WHEN conditions THEN result; several conditions only with an operand.
type When struct {
	Span
	Conditions []Expr
	Result     Expr
}

// Cast is CAST(x AS type), TRY_CAST and SAFE_CAST.
type Cast struct {
	Span
	Function string // "CAST", "TRY_CAST", …
	X        Expr
	Type     *Type
	Format   *String // FORMAT '…'; nil when absent
}

// Call is a function call, also those with a syntax of their own (EXTRACT, TRIM, POSITION, SUBSTRING, OVERLAY, CEIL … TO,
// JSON_VALUE …): their keywords are kept in Keywords.
type Call struct {
	Span
	Name       Path   // EXTRACT, f, catalog.database.f; CURRENT_DATE and the like are calls without brackets
	Bare       bool   // without brackets
	Quantifier string // "DISTINCT", "ALL" or ""
	Args       []Expr // *Star for COUNT(*)
	// Keywords are words between the arguments, each with the number of arguments before it: EXTRACT(DAY FROM x) has the
	// arguments DAY (a SymbolConstant) and x, and FROM with 1.
	Keywords     []Keyword
	OrderBy      []*OrderItem // inside the brackets
	WithinGroup  []*OrderItem
	Filter       Expr        // FILTER (WHERE …); nil when absent
	Nulls        string      // "IGNORE NULLS", "RESPECT NULLS" or ""
	Over         *WindowSpec // OVER (…); nil when absent
	OverName     *Name       // OVER w; nil when absent
	FinalRunning string      // "FINAL" or "RUNNING" before it in MATCH_RECOGNIZE
}

// Keyword is a word inside a call's brackets.
type Keyword struct {
	Span
	Word   string // upper case; several words with one space between
	Before int    // the number of arguments before it
}

// Row is (a, b) or ROW(a, b).
type Row struct {
	Span
	Word  bool // ROW stood there
	Exprs []Expr
}

// Array is ARRAY[…], and ARRAY(query); MULTISET[…] and MULTISET(query) with their word.
type Array struct {
	Span
	Word  string // "ARRAY" or "MULTISET"
	Exprs []Expr
	Query *Query
}

// MapOf is MAP[k, v, …], and MAP(query).
type MapOf struct {
	Span
	Exprs []Expr
	Query *Query
}

// Index is x[i].
type Index struct {
	Span
	X, I Expr
}

// Field is x.name where x is no path: f(a).name, (row).name, a[1].name.
type Field struct {
	Span
	X    Expr
	Name Name // "*" for (row).*
}

// SubQuery is a query in brackets as a value.
type SubQuery struct {
	Span
	Query *Query
}

// TableArg is TABLE t [PARTITION BY …] [ORDER BY …] or TABLE (query) … as an argument of a table function.
type TableArg struct {
	Span
	Table       *Path  // nil for a query
	Query       *Query // nil for a table
	PartitionBy []Expr
	OrderBy     []*OrderItem
}

// Descriptor is DESCRIPTOR(column, …).
type Descriptor struct {
	Span
	Columns []Path
}

// NamedArg is name => value.
type NamedArg struct {
	Span
	Name  Name
	Value Expr
}

// Default is DEFAULT as an argument.
type Default struct{ Span }

func (*ColumnRef) expr()  {}
func (*Star) expr()       {}
func (*Constant) expr()   {}
func (*Unary) expr()      {}
func (*Binary) expr()     {}
func (*Between) expr()    {}
func (*LikeExpr) expr()   {}
func (*In) expr()         {}
func (*Exists) expr()     {}
func (*Quantified) expr() {}
func (*Case) expr()       {}
func (*Cast) expr()       {}
func (*Call) expr()       {}
func (*Row) expr()        {}
func (*Array) expr()      {}
func (*MapOf) expr()      {}
func (*Index) expr()      {}
func (*Field) expr()      {}
func (*SubQuery) expr()   {}
func (*TableArg) expr()   {}
func (*Descriptor) expr() {}
func (*NamedArg) expr()   {}
func (*Default) expr()    {}

// --- Types ---

// Type is a data type.
type Type struct {
	Span                // with NULL or NOT NULL
	Name     string     // in upper case, one space between words: "DECIMAL", "TIMESTAMP WITH LOCAL TIME ZONE", "ROW"
	Path     *Path      // a user-defined type's; nil else
	Params   []string   // numbers and texts in the brackets
	Elements []*Type    // of ARRAY<…>, MULTISET<…> and MAP<…, …>
	Fields   []RowField // of ROW<…> and STRUCTURED<…>
	Suffix   []string   // "ARRAY" and "MULTISET" behind the type: INT ARRAY
	Null     string     // "NULL", "NOT NULL" or ""
}

// RowField is a field of a ROW type.
type RowField struct {
	Span
	Name    Name
	Type    *Type
	Comment *String
}
