package mysqlddl

import (
	"fmt"
	"slices"
	"strings"

	"millrace/graph"
)

// alter takes in an ALTER TABLE: phpMyAdmin writes keys and counters so, and migrations columns.
func (s *schema) alter(st statement) {
	named, changes, refused := s.changes(st)
	if refused != "" {
		s.problem(Problem{
			Line: s.line(st.tokens[0].start), Table: named.name, Severity: graph.Warning, Code: "alter-ignored", Summary: "A change was not taken",
			Detail: fmt.Sprintf("Of ALTER TABLE %s this is not understood: %s. Check the table's columns and key.", named.name, refused),
		})
	}
	if !slices.ContainsFunc(changes, func(c change) bool { return c.kind != changeOther }) {
		return
	}
	i := s.find(named)
	if i < 0 {
		s.problem(Problem{
			Line: s.line(st.tokens[0].start), Table: named.name, Severity: graph.Warning, Code: "alter-ignored", Summary: "A change was not taken",
			Detail: fmt.Sprintf("ALTER TABLE changes %s, which is not in the text: paste its CREATE TABLE, too.", named.name),
		})
		return
	}
	items := s.alteredItems(s.tables[i], st)
	for _, c := range changes {
		s.change(s.tables[i], c, items)
	}
}

// changes reads an ALTER TABLE whole or, where the parser does not take that, part by part; refused are the parts that it does
// not take.
func (s *schema) changes(st statement) (named path, changes []change, refused string) {
	type altered struct {
		path    path
		changes []change
	}
	read := func(sql string, ansiQuotes bool) (altered, *fault) {
		p, list, failed := parseAlter(sql, ansiQuotes)
		return altered{p, list}, failed
	}
	if got, failed := try(s.reader, [][]piece{s.pieces(st.tokens)}, st, read); failed == nil {
		return got.path, got.changes, ""
	}
	start := s.behindTable(st.tokens)
	named.database, named.name, start = s.path(st.tokens, start)
	head := s.pieces(st.tokens[:start])
	var lost []string
	for _, part := range s.items(st.tokens[start:]) {
		if len(part) == 0 {
			continue
		}
		attempts := [][]piece{slices.Concat(head, s.pieces(part))}
		if words, found, ok := s.alteredColumn(part); ok {
			attempts = append(attempts, slices.Concat(head, s.pieces(words), found.kept))
		}
		got, failed := try(s.reader, attempts, st, read)
		if failed != nil {
			if s.changesTable(part) {
				lost = append(lost, clip(s.text[part[0].start:part[len(part)-1].end]))
			}
			continue
		}
		changes = append(changes, got.changes...)
	}
	return named, changes, strings.Join(lost, "; ")
}

// changesTable tells whether a part of ALTER TABLE changes columns or keys.
func (r reader) changesTable(part []token) bool {
	switch r.upper(part[0]) {
	case "ADD":
		added, isColumn := r.classify(part[min(1, len(part)-1):])
		return isColumn && !r.is(part, 1, "PARTITION") || added.thing == primaryKey || added.thing == uniqueKey
	case "MODIFY", "CHANGE", "RENAME":
		return true
	case "DROP":
		return !r.is(part, 1, "PARTITION") && !r.is(part, 1, "CONSTRAINT") && !r.is(part, 1, "FOREIGN") && !r.is(part, 1, "CHECK")
	}
	return false
}

// alteredColumn cuts ADD, MODIFY and CHANGE of a column into its first words and the column's definition.
func (r reader) alteredColumn(part []token) (words []token, found columnItem, ok bool) {
	i := 1
	switch {
	case r.is(part, 0, "ADD"), r.is(part, 0, "MODIFY"), r.is(part, 0, "CHANGE"):
	default:
		return nil, found, false
	}
	for r.is(part, i, "COLUMN") || r.is(part, i, "IF") || r.is(part, i, "NOT") || r.is(part, i, "EXISTS") {
		i++
	}
	if r.is(part, 0, "CHANGE") {
		i++
	}
	if i >= len(part) || r.is(part, i, "(") || r.is(part, i, "PARTITION") {
		return nil, found, false
	}
	if _, isColumn := r.classify(part[i:]); !isColumn {
		return nil, found, false
	}
	return part[:i], r.column(part[i:]), true
}

// alteredItems are the columns that an ALTER TABLE defines, as its tokens show them. What it adds besides is left out.
func (s *schema) alteredItems(t *table, st statement) map[string]columnItem {
	items := map[string]columnItem{}
	_, _, start := s.path(st.tokens, s.behindTable(st.tokens))
	for _, part := range s.items(st.tokens[start:]) {
		if _, found, ok := s.alteredColumn(part); ok {
			items[strings.ToLower(found.name)] = found
			continue
		}
		if len(part) < 2 || !s.is(part, 0, "ADD") {
			continue
		}
		if found, isColumn := s.classify(part[1:]); !isColumn && found.thing > uniqueKey {
			t.left.add(found.thing, found.name)
		}
	}
	return items
}

// change makes one change to a table.
func (s *schema) change(t *table, c change, items map[string]columnItem) {
	at := t.at(c.old)
	switch c.kind {
	case addColumns:
		s.addColumns(t, c, items)
	case replaceColumn:
		if at >= 0 {
			parsed := c.columns[0]
			parsed.primary = parsed.primary || t.columns[at].primary
			t.renameInKeys(t.columns[at].name, parsed.name)
			t.columns = slices.Delete(t.columns, at, at+1)
			s.insert(t, t.place(c, at), s.column(t, parsed, items[strings.ToLower(parsed.name)]))
		}
	case dropColumn:
		if at >= 0 {
			t.columns = slices.Delete(t.columns, at, at+1)
		}
	case renameColumn:
		if at >= 0 {
			t.renameInKeys(t.columns[at].name, c.name)
			t.columns[at].name = c.name
		}
	case renameTo:
		t.path = s.whole(c.to)
	case addKey:
		t.keys = append(t.keys, c.key)
	case dropPrimaryKey:
		t.keys = slices.DeleteFunc(t.keys, func(k parsedKey) bool { return k.primary })
		for i := range t.columns {
			t.columns[i].primary = false
		}
	case dropKey:
		t.keys = slices.DeleteFunc(t.keys, func(k parsedKey) bool { return !k.primary && strings.EqualFold(k.name, c.old) })
		t.left.remove(index, c.old)
	case setComment:
		t.comment = c.text
	case changeOther:
	}
}

func (s *schema) addColumns(t *table, c change, items map[string]columnItem) {
	at := t.place(c, len(t.columns))
	for i, parsed := range c.columns {
		s.insert(t, at+i, s.column(t, parsed, items[strings.ToLower(parsed.name)]))
	}
}

// place is where a change puts its columns; otherwise where nothing is said.
func (t *table) place(c change, otherwise int) int {
	if c.first {
		return 0
	}
	if at := t.at(c.after); c.after != "" && at >= 0 {
		return at + 1
	}
	return otherwise
}

func (t *table) renameInKeys(from, to string) {
	for k := range t.keys {
		t.keys[k].columns = slices.Clone(t.keys[k].columns)
		for i, name := range t.keys[k].columns {
			if strings.EqualFold(name, from) {
				t.keys[k].columns[i] = to
			}
		}
	}
}

// createIndex takes in CREATE UNIQUE INDEX, which may become the key, and names other indexes.
func (s *schema) createIndex(st statement) {
	on := slices.IndexFunc(st.tokens, func(t token) bool { return s.upper(t) == "ON" })
	at := slices.IndexFunc(st.tokens, func(t token) bool { return s.upper(t) == "INDEX" })
	if on < 0 || at+1 >= on {
		return
	}
	unique := s.is(st.tokens, at-1, "UNIQUE")
	if s.is(st.tokens, at+1, "IF", "NOT", "EXISTS") {
		at += 3
	}
	database, name, open := s.path(st.tokens, on+1)
	i := s.find(path{database, name})
	if i < 0 {
		return
	}
	key := parsedKey{name: s.name(st.tokens[at+1])}
	if !unique {
		s.tables[i].left.add(index, key.name)
		return
	}
	end := s.group(st.tokens, open)
	for _, part := range s.items(st.tokens[min(open+1, len(st.tokens)):max(end-1, open+1)]) {
		if s.is(part, 0, "(") {
			return // over an expression
		}
		key.columns = append(key.columns, s.name(part[0]))
	}
	s.tables[i].keys = append(s.tables[i].keys, key)
}

// drop forgets tables: a dump drops what it creates, and a table that stood for a view.
func (s *schema) drop(st statement) {
	for _, part := range s.items(st.tokens[s.behindTable(st.tokens):]) {
		if len(part) == 0 {
			continue
		}
		database, name, _ := s.path(part, 0)
		if i := s.find(path{database, name}); i >= 0 {
			s.tables = slices.Delete(s.tables, i, i+1)
		}
	}
}

func (s *schema) rename(st statement) {
	for _, part := range s.items(st.tokens[min(2, len(st.tokens)):]) {
		if len(part) == 0 {
			continue
		}
		var from, to path
		var behind int
		from.database, from.name, behind = s.path(part, 0)
		if !s.is(part, behind, "TO") {
			continue
		}
		to.database, to.name, _ = s.path(part, behind+1)
		if i := s.find(from); i >= 0 && to.name != "" {
			s.tables[i].path = s.whole(to)
		}
	}
}
