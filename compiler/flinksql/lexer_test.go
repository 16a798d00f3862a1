package flinksql

import (
	"bufio"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestLexerCutsWhereFlinkCuts reads what FlinkSqlParserImplTokenManager of Flink 2.3.0 made of each text: its tokens, a hint
// as one; null where it found a mistake.
func TestLexerCutsWhereFlinkCuts(t *testing.T) {
	file, err := os.Open("../../testdata/flink/tokens.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, refused := 0, 0
	for scanner := bufio.NewScanner(file); scanner.Scan(); lines++ {
		var want struct {
			SQL    string   `json:"sql"`
			Tokens []string `json:"tokens"`
		}
		if err := json.Unmarshal(scanner.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		tokens, fault := Lex(want.SQL)
		if fault != nil {
			refused++
			continue // too strict is safe
		}
		got := []string{}
		for _, token := range tokens {
			if piece := want.SQL[token.Start:token.End]; token.Kind != Comment || strings.HasPrefix(piece, "/*+") {
				got = append(got, piece)
			}
		}
		if want.Tokens == nil {
			t.Errorf("%q: Flink refuses it, we cut %q", want.SQL, got)
			continue
		}
		// A prefix as in X'ab' is a token of its own with us: nothing can stand between.
		if strings.Join(got, "") != strings.Join(want.Tokens, "") || !reflect.DeepEqual(withQuotes(got), withQuotes(want.Tokens)) {
			t.Errorf("%q: Flink cuts %q, we %q", want.SQL, want.Tokens, got)
		}
	}
	if lines < 1000 || refused > lines/3 {
		t.Errorf("%d lines, %d refused", lines, refused)
	}
}

// withQuotes are the tokens that decide what is text and what ends a statement.
func withQuotes(tokens []string) []string {
	list := []string{}
	for _, token := range tokens {
		if i := strings.IndexByte(token, '\''); i >= 0 {
			list = append(list, token[i:])
		} else if token == ";" || strings.HasPrefix(token, "`") || strings.HasPrefix(token, "/*+") {
			list = append(list, token)
		}
	}
	return list
}

func TestQuotedNamesAndTextsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"'", "''", "`", ";", "--", "/*", "\\", "E'", "a$b", "größe", "1"}), rapid.SampledFrom(ReservedWords())).Draw(t, "text")
		literal := Literal(s)
		tokens, fault := Lex(literal)
		if value, _ := TextValue(literal); fault != nil || len(tokens) != 1 || value != s {
			t.Fatalf("%q became %q", s, literal)
		}
		if s == "" || strings.ContainsAny(s, "\r\n") {
			return // no name of Flink's
		}
		name := Quote(s)
		tokens, fault = Lex("x." + name + "+1")
		if fault != nil || len(tokens) != 5 || tokens[2].Name("x."+name+"+1") != s {
			t.Fatalf("%q became %q", s, name)
		}
	})
}

func TestNamesAreQuotedOnlyWhereTheyMustBe(t *testing.T) {
	for name, want := range map[string]string{
		"orders": "orders", "Order_1": "Order_1", "_x": "_x", "name": "name", "type": "type", "key": "key", "state": "state",
		"some": "`some`", "value": "`value`", "User": "`User`", "day": "`day`", "1st": "`1st`", "a b": "`a b`", "a-b": "`a-b`",
		"a$b": "`a$b`", "größe": "`größe`", "a`b": "`a``b`", "": "``", "a.b": "`a.b`",
	} {
		if got := Quote(name); got != want {
			t.Errorf("%q became %s, not %s", name, got, want)
		}
	}
}

func FuzzLex(f *testing.F) {
	f.Add("SELECT E'\\'' /*+ OPTIONS('*/') */ -- x\r FROM `a``b`")
	f.Fuzz(func(t *testing.T, sql string) {
		tokens, fault := Lex(sql)
		at := 0
		for _, token := range tokens {
			if token.Start < at || token.End <= token.Start || token.End > len(sql) {
				t.Fatalf("%+v behind %d", token, at)
			}
			if strings.Trim(sql[at:token.Start], " \t\r\n\f") != "" {
				t.Fatalf("%q was left out", sql[at:token.Start])
			}
			at = token.End
		}
		if fault == nil && strings.Trim(sql[at:], " \t\r\n\f") != "" {
			t.Fatalf("%q was left out", sql[at:])
		}
		if fault != nil && (fault.Start < at || fault.End <= fault.Start || fault.End > len(sql)) {
			t.Fatalf("fault at %d to %d of %d", fault.Start, fault.End, len(sql))
		}
	})
}
