package flinksql_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"millrace/compiler/flinksql"
	"millrace/server/flink/flinktest"
)

var update = flag.Bool("update", false, "rewrite the list of disagreements")

const (
	flinkData = "../../testdata/flink/"
	mutations = 10 // of each text of the corpus, more than 20,000 together
)

// ask is a text for Flink's parser, and what it makes of it.
type ask struct {
	Kind string `json:"kind"` // "script" or "expression"
	Text string `json:"text"`
	Same string `json:"same,omitempty"` // a second text that should give the same tree
}

type verdict struct {
	Accepted bool   `json:"accepted"`
	Same     bool   `json:"same"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Message  string `json:"message"`
}

// TestParserAgreesWithFlink holds our parser against Flink's own: the grammar's corpus, every statement of the golden cases,
// what we print of them, and mutations of all of them.
func TestParserAgreesWithFlink(t *testing.T) {
	cases := corpus(t)
	list := make([]ask, 0, len(cases)*(mutations+1))
	for _, c := range cases {
		if c.accepted && !c.rewritten {
			c.Same = printed(c.ask)
		}
		list = append(list, c.ask)
	}
	list = append(list, mutate(cases)...)
	verdicts := newOracle(t).ask(t, list)
	for i, c := range cases {
		checkCase(t, c, list[i], verdicts[i])
	}
	checkMutations(t, list[len(cases):], verdicts[len(cases):])
}

// checkCase holds what Flink says of a line of the corpus against what the corpus has, and against us.
func checkCase(t *testing.T, c corpusCase, a ask, v verdict) {
	t.Helper()
	accepted, _ := ours(a)
	switch {
	case v.Accepted != c.accepted:
		t.Errorf("the corpus has it that Flink accepts %t: %s\n%s", c.accepted, a.Text, v.Message)
	case accepted != v.Accepted:
		t.Errorf("Flink accepts %t, we %t: %s\n%s\n%s", v.Accepted, accepted, a.Text, v.Message, why(a))
	case a.Same != "" && !v.Same:
		t.Errorf("Flink reads another tree from what we print:\n%s\n-- printed\n%s", a.Text, a.Same)
	}
}

// checkMutations counts where Flink and we disagree, and holds it against the list that is kept.
func checkMutations(t *testing.T, list []ask, verdicts []verdict) {
	t.Helper()
	var lines []string
	asked, others := 0, 0
	for i, v := range verdicts {
		accepted, other := ours(list[i])
		if other {
			others++
			continue
		}
		asked++
		if accepted != v.Accepted {
			lines = append(lines, disagreement(list[i], v))
		}
	}
	agreement := 100 * float64(asked-len(lines)) / float64(asked)
	t.Logf("%.3f %% of %d agree, %d are kept as their text", agreement, asked, others)
	if agreement < 99.5 {
		t.Errorf("only %.2f %% agree", agreement)
	}
	got := "# Where our parser and Flink's disagree over mutations of the corpus.\n# go test ./compiler/flinksql -run Agrees -update writes this file.\n" +
		strings.Join(lines, "")
	file := flinkData + "disagreements.txt"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != got {
		t.Errorf("%s is not what it was: run with -update and read the difference (%v)", file, err)
	}
}

func disagreement(a ask, v verdict) string {
	if v.Accepted {
		return fmt.Sprintf("\nFlink accepts this %s, we say %s\n%s\n", a.Kind, why(a), a.Text)
	}
	return fmt.Sprintf("\nWe accept this %s, Flink says at line %d, column %d: %s\n%s\n", a.Kind, v.Line, v.Column, v.Message, a.Text)
}

// ours tells whether we accept the text, and whether a statement of it is kept as its text.
func ours(a ask) (accepted, other bool) {
	if a.Kind == "expression" {
		_, err := flinksql.ParseExpression(a.Text)
		return err == nil, false
	}
	script := flinksql.Parse(a.Text)
	for _, s := range script.Statements {
		if _, ok := s.(*flinksql.Other); ok {
			other = true
		}
	}
	return len(script.Errors) == 0 && len(script.Statements) > 0, other
}

func why(a ask) string {
	if a.Kind == "expression" {
		if _, err := flinksql.ParseExpression(a.Text); err != nil {
			return err.Error()
		}
		return ""
	}
	for _, err := range flinksql.Parse(a.Text).Errors {
		return err.Error()
	}
	return ""
}

// printed is the text as we print it; "" for statements that are kept as their text.
func printed(a ask) string {
	if a.Kind == "expression" {
		x, err := flinksql.ParseExpression(a.Text)
		if err != nil {
			return ""
		}
		return flinksql.Print(x)
	}
	var list []string
	for _, s := range flinksql.Parse(a.Text).Statements {
		if _, ok := s.(*flinksql.Other); ok {
			return ""
		}
		list = append(list, flinksql.Print(s))
	}
	return strings.Join(list, ";\n")
}

type corpusCase struct {
	ask
	accepted  bool
	golden    bool // of testdata/import or testdata/compile
	rewritten bool // Print writes what means the same and is another tree to Flink
}

// corpus are the expressions and statements of testdata/flink and the statements of all golden cases.
func corpus(t *testing.T) []corpusCase {
	t.Helper()
	var cases []corpusCase
	for _, source := range []struct{ file, separator, kind string }{
		{"grammar-expressions.txt", "\n", "expression"},
		{"grammar-statements.txt", "\n\n", "script"},
	} {
		text, err := os.ReadFile(flinkData + source.file)
		if err != nil {
			t.Fatal(err)
		}
		section := ""
		for piece := range strings.SplitSeq(string(text), source.separator) {
			piece = strings.Trim(piece, "\n")
			switch {
			case strings.HasPrefix(piece, "## "):
				section = strings.TrimPrefix(piece, "## ")
			case section != "" && piece != "":
				cases = append(cases, corpusCase{ask{Kind: source.kind, Text: piece}, section != "refused", false, section == "rewritten"})
			}
		}
	}
	return append(cases, goldenStatements(t)...)
}

// rewritten matches what Print writes in another way with the same meaning: escaped and chained texts, ROW(…) types, the key
// behind a column's type, settings without quotes.
var rewritten = regexp.MustCompile(`(?i)\bE'|'\s+'|<ROW ?\(|PRIMARY KEY\s*(NOT|ENFORCED|COMMENT|,|\))|^(RE)?SET\s+\w|OPTIONS\(\w|^BEGIN`)

// goldenStatements are the statements of testdata/import and testdata/compile; Flink has to refuse those that we refuse.
func goldenStatements(t *testing.T) []corpusCase {
	t.Helper()
	var cases []corpusCase
	seen := map[string]bool{}
	files, err := filepath.Glob("../../testdata/*/*/script.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		script := flinksql.Parse(string(text))
		for _, err := range script.Errors {
			cases = append(cases, corpusCase{ask: ask{Kind: "script", Text: err.Statement.Text(string(text))}, golden: true})
		}
		for _, s := range script.Statements {
			_, other := s.(*flinksql.Other)
			if piece := s.Range().Text(string(text)); !seen[piece] && !other {
				seen[piece] = true
				cases = append(cases, corpusCase{ask{Kind: "script", Text: piece}, true, true, rewritten.MatchString(piece)})
			}
		}
	}
	return cases
}

// mutate changes each text that Flink accepts a few times at random, and always the same: what a text becomes depends on
// itself and on the grammar's corpus alone, so that a new golden case changes nothing of the others.
func mutate(cases []corpusCase) []ask {
	m := &mutator{words: flinksql.ReservedWords()}
	seen := map[string]bool{}
	for _, c := range cases {
		tokens, _ := flinksql.Lex(c.Text)
		for _, token := range flinksql.WithoutComments(tokens) {
			if piece := c.Text[token.Start:token.End]; !c.golden && c.accepted && !seen[piece] {
				seen[piece] = true
				m.pieces = append(m.pieces, piece)
			}
		}
	}
	var list []ask
	for _, c := range cases {
		tokens, fault := flinksql.Lex(c.Text)
		tokens = flinksql.WithoutComments(tokens)
		if fault != nil || len(tokens) < 2 || !c.accepted {
			continue
		}
		sum := fnv.New64a()
		_, _ = sum.Write([]byte(c.Text))
		random := rand.New(rand.NewPCG(sum.Sum64(), 2026))
		for range mutations {
			list = append(list, ask{Kind: c.Kind, Text: m.change(random, c.Text, tokens)})
		}
	}
	return list
}

type mutator struct {
	pieces []string // tokens of the grammar's corpus
	words  []string // keywords
}

// change leaves a token out, doubles it, swaps it with the next, puts another in its place, or a keyword before it.
func (m *mutator) change(random *rand.Rand, text string, tokens []flinksql.Token) string {
	i, way := random.IntN(len(tokens)), random.IntN(5)
	if way == 2 {
		i = min(i, len(tokens)-2)
	}
	at := tokens[i]
	piece, before, behind := text[at.Start:at.End], text[:at.Start], text[at.End:]
	switch way {
	case 0:
		return before + " " + behind
	case 1:
		return before + piece + " " + piece + behind
	case 2:
		next := tokens[i+1]
		return before + text[next.Start:next.End] + " " + piece + text[next.End:]
	case 3:
		return before + " " + m.pieces[random.IntN(len(m.pieces))] + " " + behind
	default:
		return before + m.words[random.IntN(len(m.words))] + " " + piece + behind
	}
}

// oracle runs Flink's parser in a Java process.
type oracle struct{ classpath string }

// newOracle finds the planner with its parser, which lies inside a jar of Flink's.
func newOracle(t *testing.T) oracle {
	t.Helper()
	lib := flinktest.Jars(t)
	if _, err := exec.LookPath("java"); err != nil {
		t.Fatal("install Java 17 or later, which runs Flink's own parser")
	}
	loaders, err := filepath.Glob(filepath.Join(lib, "flink-table-planner-loader-*.jar"))
	if err != nil || len(loaders) != 1 {
		t.Fatalf("planner: %q, %v", loaders, err)
	}
	archive, err := zip.OpenReader(loaders[0])
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	inner, err := archive.Open("flink-table-planner.jar")
	if err != nil {
		t.Fatal(err)
	}
	defer inner.Close()
	planner := filepath.Join(t.TempDir(), "planner.jar")
	file, err := os.Create(planner)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(file, inner); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return oracle{planner + string(filepath.ListSeparator) + filepath.Join(lib, "*")}
}

func (o oracle) ask(t *testing.T, list []ask) []verdict {
	t.Helper()
	var in, out, complaints bytes.Buffer
	encoder := json.NewEncoder(&in)
	for _, a := range list {
		if err := encoder.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), "java", "-cp", o.classpath, "oracle/Oracle.java")
	command.Stdin, command.Stdout, command.Stderr = &in, &out, &complaints
	if err := command.Run(); err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	var verdicts []verdict
	scanner := bufio.NewScanner(&out)
	scanner.Buffer(nil, 10<<20)
	for scanner.Scan() {
		var v verdict
		if err := json.Unmarshal(scanner.Bytes(), &v); err != nil {
			t.Fatalf("%v: %s", err, scanner.Text())
		}
		verdicts = append(verdicts, v)
	}
	if len(verdicts) != len(list) {
		t.Fatalf("%d answers to %d texts\n%s", len(verdicts), len(list), complaints.String())
	}
	return verdicts
}
