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

// CreateView is CREATE [OR REPLACE] [TEMPORARY] VIEW [IF NOT EXISTS] path [(columns)] [COMMENT 'text'] AS query.
type CreateView struct {
	Span
	Replace, Temporary, IfNotExists bool
	Path                            Path
	Columns                         []Name
	Comment                         *String
	Query                           *Query
}

// CreateFunction is CREATE [TEMPORARY [SYSTEM]] FUNCTION path AS 'class' [LANGUAGE JAVA] [USING JAR 'path', …].
type CreateFunction struct {
	Span
	Replace, Temporary, System, IfNotExists bool
	Path                                    Path
	Class                                   String
	Language                                string // "JAVA", "SCALA", "SQL", "PYTHON" or ""
	Jars                                    []String
	Artifacts                               []String // USING ARTIFACT
	Options                                 []Option // WITH
}

// CreateCatalog is CREATE CATALOG [IF NOT EXISTS] name [COMMENT 'text'] [WITH (…)].
type CreateCatalog struct {
	Span
	Replace, Temporary, IfNotExists bool // Flink reads OR REPLACE and TEMPORARY, and does nothing with them
	Name                            Name
	Comment                         *String
	Options                         []Option
}

// CreateDatabase is CREATE DATABASE [IF NOT EXISTS] path [COMMENT 'text'] [WITH (…)].
type CreateDatabase struct {
	Span
	Replace, Temporary, IfNotExists bool // Flink reads OR REPLACE and TEMPORARY, and does nothing with them
	Path                            Path
	Comment                         *String
	Options                         []Option
}

// Use is USE database, USE CATALOG name or USE MODULES name, ….
type Use struct {
	Span
	Catalog, Modules bool
	Path             Path   // of a database, or of one part of a catalog
	Names            []Name // of modules
}

// Set is SET 'key' = 'value', SET key = value without quotes, or SET alone (both nil).
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
	Execute    bool
	Overwrite  bool
	Table      Path
	Hints      []Hint      // /*+ OPTIONS(…) */ behind the table
	Partition  []Partition // PARTITION (key = value, …)
	Columns    []Path
	Query      *Query
	OnConflict string // of ON CONFLICT DO …: "ERROR", "NOTHING", "DEDUPLICATE" or ""
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
	Text string // the statement as written
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
