package compiler

import (
	"strings"

	"millrace/compiler/flinksql"
)

// tableReference is a place in a query where a table or view is named.
type tableReference struct {
	name       string // the identifier, or a path's parts with dots between them
	path       bool   // has several parts
	start, end int
	alias      int // where an alias would have to be written; -1 where there is one or none can be
}

// tableReferences finds the tables that a query names: identifiers and paths behind FROM, JOIN, TABLE or a comma of a FROM
// list, at any depth. Names that mean a WITH clause's query at their place are left out.
func tableReferences(sql string) []tableReference {
	all, _ := flinksql.Lex(sql)
	s := referenceScan{sql: sql, tokens: flinksql.WithoutComments(all), all: all, scopes: []scope{{}}}
	for s.at = 0; s.at < len(s.tokens); s.at++ {
		s.token()
	}
	return s.found
}

// scope is what holds between two brackets.
type scope struct {
	inFrom  bool            // a comma goes on with the FROM list
	inWith  bool            // a comma goes on with the WITH clause
	defines string          // the WITH name whose query the brackets hold
	names   map[string]bool // introduced by WITH so far
}

type referenceScan struct {
	sql    string
	tokens []flinksql.Token // without comments
	all    []flinksql.Token
	at     int
	scopes []scope
	found  []tableReference
}

func (s *referenceScan) is(at int, wanted string) bool {
	return at >= 0 && at < len(s.tokens) && s.tokens[at].Is(s.sql, wanted)
}

func (s *referenceScan) name(at int) string {
	if at < 0 || at >= len(s.tokens) || isKeywordHere(s.sql, s.tokens[at]) {
		return ""
	}
	return s.tokens[at].Name(s.sql)
}

func (s *referenceScan) top() *scope { return &s.scopes[len(s.scopes)-1] }

func (s *referenceScan) token() {
	switch t := s.tokens[s.at]; {
	case s.is(s.at, "("):
		s.scopes = append(s.scopes, scope{defines: s.defined()})
	case s.is(s.at, ")"):
		s.leave()
	case s.is(s.at, "WITH"):
		s.top().inWith = s.name(s.at+1) != ""
	case s.is(s.at, "FROM") || s.is(s.at, "JOIN"):
		s.top().inFrom = !isFunctionFrom(s.sql, s.tokens, s.at)
	case t.Kind == flinksql.Word && endsFrom(s.sql[t.Start:t.End]):
		s.top().inFrom, s.top().inWith = false, false
	}
	if s.startsReference() {
		s.reference()
	}
}

// leave closes the brackets; a WITH clause's name holds from the end of its query on.
func (s *referenceScan) leave() {
	if len(s.scopes) == 1 {
		return
	}
	defined := s.top().defines
	s.scopes = s.scopes[:len(s.scopes)-1]
	if defined == "" {
		return
	}
	if s.top().names == nil {
		s.top().names = map[string]bool{}
	}
	s.top().names[defined] = true
}

// defined is the name that a WITH clause gives to the query in the brackets that open here: name AS ( or name (columns) AS (.
func (s *referenceScan) defined() string {
	if !s.top().inWith || !s.is(s.at-1, "AS") {
		return ""
	}
	before := s.at - 2
	if s.is(before, ")") {
		for before > 0 && !s.is(before, "(") {
			before--
		}
		before--
	}
	if !s.is(before-1, "WITH") && !s.is(before-1, ",") {
		return ""
	}
	return s.name(before)
}

func (s *referenceScan) startsReference() bool {
	before := s.at - 1
	return s.name(s.at) != "" && (s.is(before, "TABLE") ||
		s.top().inFrom && (s.is(before, "FROM") || s.is(before, "JOIN") || s.is(before, ",") || s.is(before, "LATERAL")))
}

func (s *referenceScan) reference() {
	first, last := s.at, s.at
	parts := []string{s.name(first)}
	for s.is(last+1, ".") && last+2 < len(s.tokens) && s.tokens[last+2].Name(s.sql) != "" {
		last += 2
		parts = append(parts, s.tokens[last].Name(s.sql))
	}
	if s.is(last+1, "(") {
		return // a table function
	}
	if len(parts) == 1 {
		for _, outer := range s.scopes {
			if outer.names[parts[0]] {
				return
			}
		}
	}
	r := tableReference{name: strings.Join(parts, "."), path: len(parts) > 1, start: s.tokens[first].Start, end: s.tokens[last].End, alias: -1}
	if !s.is(first-1, "TABLE") {
		r.alias = s.aliasPlace(last)
	}
	s.found = append(s.found, r)
	s.at = last
}

// aliasPlace is where the alias of a table belongs: behind its hints and FOR SYSTEM_TIME AS OF with its expression.
func (s *referenceScan) aliasPlace(last int) int {
	next := last + 1
	if s.is(next, "FOR") {
		for depth := 0; next < len(s.tokens); next++ {
			switch {
			case s.is(next, "("):
				depth++
			case s.is(next, ")"):
				depth--
			}
			if depth < 0 || depth == 0 && s.afterPoint(next) {
				break
			}
			last = next
		}
	}
	if s.is(next, "AS") || s.is(next, "MATCH_RECOGNIZE") || s.name(next) != "" {
		return -1
	}
	place := s.tokens[last].End
	for _, t := range s.all {
		if t.Kind == flinksql.Comment && t.Start >= place && strings.HasPrefix(s.sql[t.Start:], "/*+") && (next == len(s.tokens) || t.End <= s.tokens[next].Start) {
			return t.End
		}
	}
	return place
}

// afterPoint tells whether the flinksql.Token stands behind the expression of FOR SYSTEM_TIME AS OF.
func (s *referenceScan) afterPoint(at int) bool {
	for _, word := range []string{",", "ON", "USING", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL"} {
		if s.is(at, word) {
			return true
		}
	}
	if t := s.tokens[at]; t.Kind == flinksql.Word && endsFrom(s.sql[t.Start:t.End]) {
		return true
	}
	if s.is(at, "AS") {
		return !s.is(at+1, "OF")
	}
	return s.name(at) != "" && (s.name(at-1) != "" || s.is(at-1, ")"))
}

// isFunctionFrom tells FROM inside EXTRACT(DAY FROM x), TRIM(… FROM x), SUBSTRING(x FROM 1) and IS DISTINCT FROM apart
// from the clause: the clause's query has a SELECT between the opening bracket and it.
func isFunctionFrom(sql string, tokens []flinksql.Token, at int) bool {
	if at > 0 && tokens[at-1].Is(sql, "DISTINCT") && at > 1 && !tokens[at-2].Is(sql, "SELECT") {
		return true
	}
	depth := 0
	for i := at - 1; i >= 0; i-- {
		switch {
		case tokens[i].Is(sql, ")"):
			depth++
		case tokens[i].Is(sql, "(") && depth == 0:
			return true
		case tokens[i].Is(sql, "("):
			depth--
		case depth == 0 && tokens[i].Is(sql, "SELECT"):
			return false
		}
	}
	return false
}

func isKeywordHere(sql string, t flinksql.Token) bool {
	return t.Kind == flinksql.Word && flinksql.IsReserved(sql[t.Start:t.End])
}

// endsFrom tells the words that end a FROM list; ON and USING do not, as another table may follow behind a comma.
func endsFrom(name string) bool {
	switch strings.ToUpper(name) {
	case "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "WINDOW", "UNION", "INTERSECT", "EXCEPT", "SELECT", "QUALIFY", "FETCH", "OFFSET":
		return true
	}
	return false
}
