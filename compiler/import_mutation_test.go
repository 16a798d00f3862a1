package compiler

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"millrace/compiler/flinksql"
	"millrace/graph"
)

// TestImportTakesWhateverIsWritten imports the corpus with tokens left out, doubled, swapped and replaced: nothing breaks,
// and what was taken in without a mistake compiles to a script that can be read again.
func TestImportTakesWhateverIsWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	imported := 0
	for _, folder := range cases(t, "import") {
		script := string(read(t, folder, "script.sql"))
		tokens, fault := flinksql.Lex(script)
		if fault != nil || len(tokens) < 3 {
			continue
		}
		for range 40 {
			text := mutated(random, script, tokens)
			doc, diagnostics := Import(text)
			if graph.HasErrors(diagnostics) {
				continue
			}
			imported++
			compiled := Compile(doc, Options{})
			checkScript(t, doc, compiled)
			if t.Failed() {
				t.Fatalf("%s:\n%s", filepath.Base(folder), text)
			}
		}
	}
	if imported < 300 {
		t.Errorf("only %d texts were taken in", imported)
	}
}

// mutated is the script with one token changed.
func mutated(random *rand.Rand, script string, tokens []flinksql.Token) string {
	at := random.IntN(len(tokens) - 1)
	here, next, other := tokens[at], tokens[at+1], tokens[random.IntN(len(tokens))]
	piece := func(t flinksql.Token) string { return script[t.Start:t.End] }
	var b strings.Builder
	b.WriteString(script[:here.Start])
	switch random.IntN(4) {
	case 0: // left out
	case 1:
		b.WriteString(piece(here) + " " + piece(here))
	case 2:
		b.WriteString(piece(next) + " " + piece(here))
		here = next
	default:
		b.WriteString(piece(other))
	}
	b.WriteString(script[here.End:])
	return b.String()
}
