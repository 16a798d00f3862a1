package mysqlddl

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/pingcap/tidb/pkg/parser"
	"github.com/pingcap/tidb/pkg/parser/ast"
	"github.com/pingcap/tidb/pkg/parser/mysql"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver" // the parser's constants
	"github.com/pingcap/tidb/pkg/parser/types"
)

// This file is the only one that knows the parser. It hands on plain values.

// path is a table's name.
type path struct{ database, name string }

// parsedTable is a CREATE TABLE.
type parsedTable struct {
	path    path
	lenient bool  // IF NOT EXISTS
	like    *path // CREATE TABLE … LIKE; nil when absent
	query   bool  // AS SELECT
	columns []parsedColumn
	keys    []parsedKey
	comment string
}

// parsedColumn is a column. Its type is MySQL's.
type parsedColumn struct {
	name            string
	typ             mysqlType
	notNull         bool
	primary, unique bool // PRIMARY KEY and UNIQUE behind its type
	comment         string
}

// mysqlType is a type of MySQL: its name in upper case as in its manual, without synonyms.
type mysqlType struct {
	name          string
	length, scale int // -1 when not given; the scale of times is their precision
	unsigned      bool
}

// parsedKey is a primary or unique key over columns.
type parsedKey struct {
	primary bool
	name    string
	columns []string // nil when an expression is among them
}

// changeKind is what a part of ALTER TABLE does, as far as tables are concerned.
type changeKind uint8

const (
	changeOther changeKind = iota // nothing that a Flink table shows
	addColumns
	replaceColumn // MODIFY and CHANGE
	dropColumn
	renameColumn
	renameTo
	addKey
	dropPrimaryKey
	dropKey
	setComment
)

// change is a part of ALTER TABLE.
type change struct {
	kind    changeKind
	columns []parsedColumn
	old     string // the column that is replaced, dropped or renamed; the key that is dropped
	first   bool   // the columns go to the front
	after   string // the column behind which they go; "" for the end
	name    string // a column's new name
	key     parsedKey
	to      path
	text    string // a comment
}

// fault is why the parser did not take a text.
type fault struct {
	at   int    // the byte where it stopped, -1 when it does not say
	text string // what it says
}

// guard makes a fault of a panic of the parser, of which there are some.
func guard(failed **fault) {
	if found := recover(); found != nil {
		*failed = &fault{at: -1, text: fmt.Sprint("the parser broke off: ", found)}
	}
}

// parse reads one statement. A new parser each time: one is not safe for two goroutines.
func parse(sql string, ansiQuotes bool) (ast.StmtNode, *fault) {
	p := parser.New()
	p.SetStrictDoubleTypeCheck(false)
	if ansiQuotes {
		p.SetSQLMode(mysql.ModeANSIQuotes)
	}
	statements, _, err := p.ParseSQL(sql)
	switch {
	case err != nil:
		return nil, faultOf(sql, err)
	case len(statements) != 1:
		return nil, &fault{at: -1, text: fmt.Sprintf("it is %d statements", len(statements))}
	}
	return statements[0], nil
}

// nearForm is how the parser says where it stopped; its (?s) tail is the rest of the statement, or the first part of that.
var nearForm = regexp.MustCompile(`(?s)^line \d+ column \d+ near "(.*)"(?:\(total length (\d+)\))? ?(.*)$`)

func faultOf(sql string, err error) *fault {
	m := nearForm.FindStringSubmatch(err.Error())
	if m == nil {
		text := err.Error()
		if at := strings.Index(text, "]"); strings.HasPrefix(text, "[") && at > 0 {
			text = text[at+1:] // [parser:1115]
		}
		return &fault{at: -1, text: text}
	}
	rest := len(m[1])
	if m[2] != "" {
		rest, _ = strconv.Atoi(m[2])
	}
	return &fault{at: max(len(sql)-rest, 0), text: m[3]}
}

// parseCreate reads a CREATE TABLE.
func parseCreate(sql string, ansiQuotes bool) (table *parsedTable, failed *fault) {
	defer guard(&failed)
	statement, failed := parse(sql, ansiQuotes)
	if failed != nil {
		return nil, failed
	}
	create, ok := statement.(*ast.CreateTableStmt)
	if !ok {
		return nil, &fault{at: -1, text: "it is no CREATE TABLE"}
	}
	table = &parsedTable{path: pathOf(create.Table), lenient: create.IfNotExists, query: create.Select != nil}
	if create.ReferTable != nil {
		like := pathOf(create.ReferTable)
		table.like = &like
	}
	for _, definition := range create.Cols {
		table.columns = append(table.columns, columnOf(definition))
	}
	for _, constraint := range create.Constraints {
		if key, ok := keyOf(constraint); ok {
			table.keys = append(table.keys, key)
		}
	}
	table.comment = commentOf(create.Options)
	return table, nil
}

func pathOf(name *ast.TableName) path { return path{name.Schema.O, name.Name.O} }

func commentOf(options []*ast.TableOption) string {
	for _, option := range options {
		if option.Tp == ast.TableOptionComment {
			return option.StrValue
		}
	}
	return ""
}

func columnOf(definition *ast.ColumnDef) parsedColumn {
	column := parsedColumn{name: definition.Name.Name.O, typ: typeOf(definition.Tp)}
	for _, option := range definition.Options {
		switch option.Tp {
		case ast.ColumnOptionNotNull:
			column.notNull = true
		case ast.ColumnOptionPrimaryKey:
			column.primary, column.notNull = true, true
		case ast.ColumnOptionUniqKey:
			column.unique = true
		case ast.ColumnOptionComment:
			if text, ok := option.Expr.(ast.ValueExpr); ok {
				column.comment = text.GetString()
			}
		}
	}
	return column
}

func keyOf(constraint *ast.Constraint) (parsedKey, bool) {
	key := parsedKey{name: constraint.Name}
	switch constraint.Tp {
	case ast.ConstraintPrimaryKey:
		key.primary = true
	case ast.ConstraintUniq, ast.ConstraintUniqKey, ast.ConstraintUniqIndex:
	default:
		return key, false
	}
	key.columns = columnsOf(constraint.Keys)
	return key, true
}

func columnsOf(parts []*ast.IndexPartSpecification) []string {
	var columns []string
	for _, part := range parts {
		if part.Column == nil {
			return nil
		}
		columns = append(columns, part.Column.Name.O)
	}
	return columns
}

// parseAlter reads an ALTER TABLE.
func parseAlter(sql string, ansiQuotes bool) (named path, changes []change, failed *fault) {
	defer guard(&failed)
	statement, failed := parse(sql, ansiQuotes)
	if failed != nil {
		return path{}, nil, failed
	}
	alter, ok := statement.(*ast.AlterTableStmt)
	if !ok {
		return path{}, nil, &fault{at: -1, text: "it is no ALTER TABLE"}
	}
	for _, spec := range alter.Specs {
		changes = append(changes, changeOf(spec))
		for _, constraint := range spec.NewConstraints { // ADD (a INT, PRIMARY KEY (a))
			if key, ok := keyOf(constraint); ok {
				changes = append(changes, change{kind: addKey, key: key})
			}
		}
	}
	return pathOf(alter.Table), changes, nil
}

func changeOf(spec *ast.AlterTableSpec) change {
	c := change{}
	for _, definition := range spec.NewColumns {
		if definition.Tp != nil { // ALTER COLUMN … SET DEFAULT has no type
			c.columns = append(c.columns, columnOf(definition))
		}
	}
	if spec.Position != nil {
		c.first = spec.Position.Tp == ast.ColumnPositionFirst
		if spec.Position.RelativeColumn != nil {
			c.after = spec.Position.RelativeColumn.Name.O
		}
	}
	if spec.OldColumnName != nil {
		c.old = spec.OldColumnName.Name.O
	}
	switch spec.Tp {
	case ast.AlterTableAddColumns:
		c.kind = addColumns
	case ast.AlterTableModifyColumn:
		c.kind, c.old = replaceColumn, c.columns[0].name
	case ast.AlterTableChangeColumn:
		c.kind = replaceColumn
	case ast.AlterTableDropColumn:
		c.kind = dropColumn
	case ast.AlterTableRenameColumn:
		c.kind, c.name = renameColumn, spec.NewColumnName.Name.O
	case ast.AlterTableRenameTable:
		c.kind, c.to = renameTo, pathOf(spec.NewTable)
	case ast.AlterTableDropPrimaryKey:
		c.kind = dropPrimaryKey
	case ast.AlterTableDropIndex:
		c.kind, c.old = dropKey, spec.Name
	case ast.AlterTableAddConstraint:
		if key, ok := keyOf(spec.Constraint); ok {
			c.kind, c.key = addKey, key
		}
	case ast.AlterTableOption:
		if text := commentOf(spec.Options); text != "" {
			c.kind, c.text = setComment, text
		}
	}
	return c
}

// typeNames are MySQL's types that the parser keeps apart by a number alone.
var typeNames = map[byte]string{
	mysql.TypeTiny: "TINYINT", mysql.TypeShort: "SMALLINT", mysql.TypeInt24: "MEDIUMINT", mysql.TypeLong: "INT", mysql.TypeLonglong: "BIGINT",
	mysql.TypeFloat: "FLOAT", mysql.TypeDouble: "DOUBLE", mysql.TypeNewDecimal: "DECIMAL", mysql.TypeBit: "BIT", mysql.TypeYear: "YEAR",
	mysql.TypeDate: "DATE", mysql.TypeNewDate: "DATE", mysql.TypeDuration: "TIME", mysql.TypeDatetime: "DATETIME", mysql.TypeTimestamp: "TIMESTAMP",
	mysql.TypeEnum: "ENUM", mysql.TypeSet: "SET", mysql.TypeJSON: "JSON", mysql.TypeTiDBVectorFloat32: "VECTOR",
	mysql.TypeString: "CHAR", mysql.TypeVarchar: "VARCHAR", mysql.TypeVarString: "VARCHAR",
	mysql.TypeTinyBlob: "TEXT", mysql.TypeBlob: "TEXT", mysql.TypeMediumBlob: "TEXT", mysql.TypeLongBlob: "TEXT",
}

// ofBytes are the types that texts have when their character set is binary.
var ofBytes = map[string]string{"CHAR": "BINARY", "VARCHAR": "VARBINARY", "TEXT": "BLOB"}

func typeOf(field *types.FieldType) mysqlType {
	typ := mysqlType{
		name: typeNames[field.GetType()], length: field.GetFlen(), scale: field.GetDecimal(),
		unsigned: mysql.HasUnsignedFlag(field.GetFlag()) || mysql.HasZerofillFlag(field.GetFlag()),
	}
	if bytes := ofBytes[typ.name]; bytes != "" && field.GetCharset() == "binary" {
		typ.name = bytes
	}
	return typ
}
