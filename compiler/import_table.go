package compiler

import (
	"errors"
	"fmt"
	"strings"

	"millrace/compiler/flinksql"
)

// parser walks over the tokens of one statement.
type parser struct {
	sql    string
	tokens []flinksql.Token // without comments
	at     int
}

func (p *parser) peek(wanted string) bool {
	return p.at < len(p.tokens) && p.tokens[p.at].Is(p.sql, wanted)
}

func (p *parser) accept(wanted string) bool {
	if p.peek(wanted) {
		p.at++
		return true
	}
	return false
}

// peekAfter tells whether first stands here and one of the others behind it.
func (p *parser) peekAfter(first string, others ...string) bool {
	if !p.peek(first) || p.at+1 >= len(p.tokens) {
		return false
	}
	for _, other := range others {
		if p.tokens[p.at+1].Is(p.sql, other) {
			return true
		}
	}
	return false
}

func (p *parser) next() { p.at++ }

func (p *parser) here() string {
	if p.at >= len(p.tokens) {
		return "the end"
	}
	return p.sql[p.tokens[p.at].Start:p.tokens[p.at].End]
}

func (p *parser) expected(what string) error {
	return fmt.Errorf("expected %s, found %s", what, p.here())
}

// rest is the text from here to the end.
func (p *parser) rest() string {
	if p.at >= len(p.tokens) {
		return ""
	}
	return p.sql[p.tokens[p.at].Start:]
}

func (p *parser) name() (string, error) {
	if p.at < len(p.tokens) {
		if name := p.tokens[p.at].Name(p.sql); name != "" {
			p.at++
			return name, nil
		}
	}
	return "", p.expected("a name")
}

func (p *parser) path() ([]string, error) {
	var path []string
	for {
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		path = append(path, name)
		if !p.accept(".") {
			return path, nil
		}
	}
}

// createdPath reads [IF NOT EXISTS] [catalog.][database.]name.
func (p *parser) createdPath() ([]string, error) {
	if p.accept("IF") {
		if !p.accept("NOT") || !p.accept("EXISTS") {
			return nil, p.expected("NOT EXISTS")
		}
	}
	return p.path()
}

// query tells whether a query begins here.
func (p *parser) query() error {
	for _, word := range []string{"SELECT", "WITH", "VALUES", "("} {
		if p.peek(word) {
			return nil
		}
	}
	return p.expected("a query")
}

// wholeOf is the name when the rest is SELECT * FROM name; "" else.
func (p *parser) wholeOf() string {
	rest := p.tokens[p.at:]
	if len(rest) != 4 || !spells(p.sql, rest, "SELECT", "*", "FROM") || strings.Contains(p.rest(), "/*+") {
		return ""
	}
	return rest[3].Name(p.sql)
}

func (p *parser) nameList() ([]string, error) {
	if !p.accept("(") {
		return nil, p.expected("(")
	}
	var names []string
	for {
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		names = append(names, name)
		if p.accept(",") {
			continue
		}
		if !p.accept(")") {
			return nil, p.expected("a comma or )")
		}
		return names, nil
	}
}

// tableBody reads what stands behind CREATE TABLE name.
func (p *parser) tableBody() (map[string]any, error) {
	table := map[string]any{}
	if err := p.columns(table); err != nil {
		return nil, err
	}
	if comment := p.comment(); comment != "" {
		table["comment"] = comment
	}
	if p.accept("PARTITIONED") {
		p.accept("BY")
		names, err := p.nameList()
		if err != nil {
			return nil, err
		}
		table["partitionedBy"] = anyList(names)
	}
	if p.accept("WITH") {
		options, err := p.optionList()
		if err != nil {
			return nil, err
		}
		table["options"] = options
	}
	if p.at < len(p.tokens) {
		return nil, fmt.Errorf("%s … cannot be taken in yet", strings.ToUpper(p.here()))
	}
	return table, nil
}

// comment reads COMMENT 'text'; "" when there is none.
func (p *parser) comment() string {
	if !p.accept("COMMENT") || p.at == len(p.tokens) {
		return ""
	}
	comment, _ := literal(p.tokens[p.at], p.sql)
	p.next()
	return comment
}

func (p *parser) columns(table map[string]any) error {
	if !p.accept("(") {
		return p.expected("the columns in brackets")
	}
	columns := []any{}
	for {
		item := p.until(",", ")")
		column, err := item.tableItem(table)
		if err != nil {
			return err
		}
		if column != nil {
			columns = append(columns, column)
		}
		if p.accept(",") {
			continue
		}
		if !p.accept(")") {
			return p.expected("a comma or )")
		}
		table["columns"] = columns
		return nil
	}
}

// until takes the tokens up to one of the given symbols outside brackets. Angle brackets count behind ARRAY, MAP, MULTISET
// and ROW: anywhere else they compare.
func (p *parser) until(stops ...string) *parser {
	start, depth, angles := p.at, 0, 0
	for ; p.at < len(p.tokens); p.at++ {
		if depth == 0 && angles == 0 {
			for _, stop := range stops {
				if p.peek(stop) {
					return &parser{sql: p.sql, tokens: p.tokens[start:p.at]}
				}
			}
		}
		switch {
		case p.peek("(") || p.peek("["):
			depth++
		case p.peek(")") || p.peek("]"):
			depth--
		case p.peek("<") && (angles > 0 || p.at > start && opensAngles(p.tokens[p.at-1], p.sql)):
			angles++
		case p.peek(">") && angles > 0:
			angles--
		}
	}
	return &parser{sql: p.sql, tokens: p.tokens[start:]}
}

func opensAngles(t flinksql.Token, sql string) bool {
	return t.Is(sql, "ARRAY") || t.Is(sql, "MAP") || t.Is(sql, "MULTISET") || t.Is(sql, "ROW")
}

// text is the parser's whole text.
func (p *parser) text() string {
	if p.at >= len(p.tokens) {
		return ""
	}
	return p.sql[p.tokens[p.at].Start:p.tokens[len(p.tokens)-1].End]
}

// tableItem reads one line between the brackets: a column, which it returns, or the watermark or primary key, which it
// puts into the table.
func (p *parser) tableItem(table map[string]any) (map[string]any, error) {
	switch {
	case p.accept("WATERMARK"):
		return nil, p.watermark(table)
	case p.accept("PRIMARY"):
		return nil, p.primaryKey(table)
	case p.accept("CONSTRAINT"):
		p.next()
		if !p.accept("PRIMARY") {
			return nil, p.expected("PRIMARY KEY")
		}
		return nil, p.primaryKey(table)
	}
	name, err := p.name()
	if err != nil {
		return nil, err
	}
	if p.accept("AS") {
		return map[string]any{"name": name, "expression": p.text()}, nil
	}
	if p.text() == "" {
		return nil, fmt.Errorf("column %s has no type", name)
	}
	return map[string]any{"name": name, "type": p.text()}, nil
}

func (p *parser) watermark(table map[string]any) error {
	if !p.accept("FOR") {
		return p.expected("FOR")
	}
	column, err := p.name()
	if err != nil {
		return err
	}
	if !p.accept("AS") {
		return p.expected("AS")
	}
	table["watermark"] = map[string]any{"column": column, "expression": p.text()}
	return nil
}

func (p *parser) primaryKey(table map[string]any) error {
	if !p.accept("KEY") {
		return p.expected("KEY")
	}
	names, err := p.nameList()
	if err != nil {
		return err
	}
	table["primaryKey"] = anyList(names)
	return nil
}

func (p *parser) optionList() (map[string]any, error) {
	if !p.accept("(") {
		return nil, p.expected("(")
	}
	options := map[string]any{}
	for {
		key, value, ok := p.setting()
		if !ok {
			return nil, errors.New("the options are not of the form 'key' = 'value'")
		}
		options[key] = value
		if p.accept(",") {
			continue
		}
		if !p.accept(")") {
			return nil, p.expected("a comma or )")
		}
		return options, nil
	}
}

// setting reads 'key' = 'value'.
func (p *parser) setting() (key, value string, ok bool) {
	if p.at+2 >= len(p.tokens) || !p.tokens[p.at+1].Is(p.sql, "=") {
		return "", "", false
	}
	key, isKey := literal(p.tokens[p.at], p.sql)
	value, isValue := literal(p.tokens[p.at+2], p.sql)
	p.at += 3
	return key, value, isKey && isValue
}

// literal is the text that a string flinksql.Token stands for.
func literal(t flinksql.Token, sql string) (string, bool) {
	return flinksql.TextValue(sql[t.Start:t.End])
}

func anyList(names []string) []any {
	list := make([]any, len(names))
	for i, name := range names {
		list[i] = name
	}
	return list
}
