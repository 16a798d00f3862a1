package compiler

import "strings"

// tableReference is a place in a query where a table or view is named by one identifier.
type tableReference struct {
	name       string
	start, end int
	aliased    bool // an alias follows
}

// tableReferences finds the tables that a query names: identifiers behind FROM, JOIN, TABLE or a comma of a FROM list, at
// any depth. Names that a WITH clause of the query introduces are left out.
func tableReferences(sql string) []tableReference {
	tokens, _ := lex(sql)
	tokens = withoutComments(tokens)
	introduced := map[string]bool{}
	var found []tableReference
	inFrom := []bool{false} // by depth of brackets: whether a comma goes on with the FROM list
	for i, t := range tokens {
		top := len(inFrom) - 1
		switch {
		case t.is(sql, "("):
			inFrom = append(inFrom, false)
		case t.is(sql, ")"):
			if top > 0 {
				inFrom = inFrom[:top]
			}
			if i > 1 && i+1 < len(tokens) {
				introduce(sql, tokens, i, introduced)
			}
		case t.is(sql, "FROM") || t.is(sql, "JOIN"):
			inFrom[top] = !isFunctionFrom(sql, tokens, i)
		case t.kind == word && endsFrom(sql[t.start:t.end]):
			inFrom[top] = false
		}
		if i > 0 && t.name(sql) != "" && startsReference(sql, tokens[i-1], inFrom[len(inFrom)-1]) && !isKeywordHere(sql, t) {
			if i+1 < len(tokens) && (tokens[i+1].is(sql, ".") || tokens[i+1].is(sql, "(")) {
				continue // a path or a table function
			}
			found = append(found, tableReference{t.name(sql), t.start, t.end, i+1 < len(tokens) && startsAlias(sql, tokens[i+1])})
		}
		if t.is(sql, "AS") && i > 0 && i+1 < len(tokens) && tokens[i+1].is(sql, "(") && i > 1 && (tokens[i-2].is(sql, "WITH") || tokens[i-2].is(sql, ",")) {
			introduced[tokens[i-1].name(sql)] = true
		}
	}
	kept := found[:0]
	for _, reference := range found {
		if !introduced[reference.name] {
			kept = append(kept, reference)
		}
	}
	return kept
}

// introduce notes "WITH name (columns) AS (": at the closing bracket of the columns.
func introduce(sql string, tokens []token, closing int, introduced map[string]bool) {
	if !tokens[closing+1].is(sql, "AS") || closing+2 >= len(tokens) || !tokens[closing+2].is(sql, "(") {
		return
	}
	for i := closing; i > 1; i-- {
		if tokens[i].is(sql, "(") {
			if before := tokens[i-2]; before.is(sql, "WITH") || before.is(sql, ",") {
				introduced[tokens[i-1].name(sql)] = true
			}
			return
		}
	}
}

// isFunctionFrom tells FROM inside EXTRACT(DAY FROM x), TRIM(… FROM x), SUBSTRING(x FROM 1) and IS DISTINCT FROM apart
// from the clause: the clause's query has a SELECT between the opening bracket and it.
func isFunctionFrom(sql string, tokens []token, at int) bool {
	if at > 0 && tokens[at-1].is(sql, "DISTINCT") && at > 1 && !tokens[at-2].is(sql, "SELECT") {
		return true
	}
	depth := 0
	for i := at - 1; i >= 0; i-- {
		switch {
		case tokens[i].is(sql, ")"):
			depth++
		case tokens[i].is(sql, "(") && depth == 0:
			return true
		case tokens[i].is(sql, "("):
			depth--
		case depth == 0 && tokens[i].is(sql, "SELECT"):
			return false
		}
	}
	return false
}

func startsReference(sql string, before token, inFrom bool) bool {
	return inFrom && (before.is(sql, "FROM") || before.is(sql, "JOIN") || before.is(sql, ",") || before.is(sql, "LATERAL")) || before.is(sql, "TABLE")
}

func isKeywordHere(sql string, t token) bool {
	return t.kind == word && reserved[strings.ToUpper(sql[t.start:t.end])]
}

func startsAlias(sql string, t token) bool {
	return t.kind == quotedName || t.is(sql, "AS") || t.kind == word && !reserved[strings.ToUpper(sql[t.start:t.end])]
}

func endsFrom(name string) bool {
	switch strings.ToUpper(name) {
	case "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "WINDOW", "UNION", "INTERSECT", "EXCEPT", "SELECT", "ON", "USING":
		return true
	}
	return false
}
