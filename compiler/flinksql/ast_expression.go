package flinksql

// Expr is one of *ColumnRef, *Star, *Constant, *Parameter, *IntervalOf, *Unary, *Binary, *Between, *LikeExpr, *In, *Exists,
// *Quantified, *Case, *Cast, *Call, *Row, *Array, *MapOf, *Index, *Field, *SubQuery, *TableArg, *ModelArg, *Descriptor,
// *NamedArg and *Default.
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
	Kind    ConstantKind
	Value   string // of texts what they mean, else as written, with keywords in upper case and one space between the parts
	Charset string // the UTF8 of _UTF8'text', in upper case; "" when absent
}

// Parameter is ?, which Flink reads and refuses later.
type Parameter struct{ Span }

// IntervalOf is INTERVAL x unit where x is no text: INTERVAL 3 DAY, INTERVAL a MINUTE, INTERVAL (a + b) HOUR.
type IntervalOf struct {
	Span
	Negative  bool
	X         Expr
	Qualifier string // upper case: "DAY", "SECOND(3)"
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

// Unary is an operator with one operand: NOT, -, +, and behind it IS [NOT] NULL, TRUE, FALSE, UNKNOWN and the like. Rare
// ones are UNIQUE, CURSOR, FINAL, RUNNING, NEXT VALUE FOR, and the unit behind (a - b) DAY.
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
	Distinct     []Expr      // WITHIN DISTINCT (…)
	New          bool        // NEW f(…)
	Escape       bool        // JDBC's {fn f(…)}
}

// Keyword is a word inside a call's brackets.
type Keyword struct {
	Span
	Word   string // upper case; several words with one space between
	Before int    // the number of arguments before it
	Type   *Type  // of RETURNING; nil else
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
	From string // the OFFSET of x[OFFSET i]: "OFFSET", "ORDINAL", "SAFE_OFFSET", "SAFE_ORDINAL" or ""
}

// Field is x.name where x is no path: f(a).name, (row).name, a[1].name; also x.name(…), where Call is set.
type Field struct {
	Span
	X    Expr
	Name Name
	Call *Call // nil for a plain name
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

// ModelArg is MODEL m as an argument of ML_PREDICT and the like.
type ModelArg struct {
	Span
	Model Path
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
func (*Parameter) expr()  {}
func (*IntervalOf) expr() {}
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
func (*ModelArg) expr()   {}
func (*Descriptor) expr() {}
func (*NamedArg) expr()   {}
func (*Default) expr()    {}

// Type is a data type.
type Type struct {
	Span                // with NULL or NOT NULL
	Name     string     // in upper case, one space between words: "DECIMAL", "TIMESTAMP WITH LOCAL TIME ZONE", "ROW"
	Path     *Path      // a user-defined type's; nil else
	Params   []string   // numbers and texts in the brackets, texts as literals; of STRUCTURED<…> the class
	Elements []*Type    // of ARRAY<…>, MULTISET<…> and MAP<…, …>
	Fields   []RowField // of ROW<…> and STRUCTURED<…>
	Suffix   []string   // "ARRAY" and "MULTISET" behind the type: INT ARRAY; "NOT NULL ARRAY" for INT NOT NULL ARRAY
	Charset  string     // of CHARACTER SET name; "" when absent
	Null     string     // "NULL", "NOT NULL" or ""
}

// RowField is a field of a ROW type.
type RowField struct {
	Span
	Name    Name
	Type    *Type
	Comment *String
}
