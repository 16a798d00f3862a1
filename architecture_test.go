package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// keepers are the packages that alone know a library.
var keepers = map[string]string{"github.com/pingcap/": "compiler/mysqlddl"}

// TestImportsFollowTheArrows holds the imports of each package against the arrows of ARCHITECTURE.md.
func TestImportsFollowTheArrows(t *testing.T) {
	allowed := arrows(t)
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	require.NoError(t, err)
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	checked := 0
	for decoder.More() {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		require.NoError(t, decoder.Decode(&pkg))
		from := strings.TrimPrefix(strings.TrimPrefix(pkg.ImportPath, "millrace"), "/")
		if from == "" {
			from = "main"
		}
		if strings.HasSuffix(from, "test") || strings.Contains(from, "node_modules") { // flinktest and packages of tests alone
			continue
		}
		targets, drawn := allowed[from]
		if !drawn && len(pkg.Imports) > 0 {
			t.Errorf("package %s has no line under Arrows", from)
		}
		for _, imported := range pkg.Imports {
			to, ours := strings.CutPrefix(imported, "millrace/")
			for library, keeper := range keepers {
				if strings.HasPrefix(imported, library) && from != keeper {
					t.Errorf("%s imports %s, which only %s knows", from, imported, keeper)
				}
			}
			if ours && !targets[to] {
				t.Errorf("%s imports %s, which is no arrow of ARCHITECTURE.md", from, to)
			}
			checked++
		}
	}
	require.Greater(t, checked, 100)
}

func arrows(t *testing.T) map[string]map[string]bool {
	t.Helper()
	text, err := os.ReadFile("ARCHITECTURE.md")
	require.NoError(t, err)
	block := regexp.MustCompile("(?s)```arrows\n(.*?)```").FindSubmatch(text)
	require.NotNil(t, block)
	allowed := map[string]map[string]bool{}
	for line := range strings.Lines(string(block[1])) {
		from, to, ok := strings.Cut(line, "→")
		require.True(t, ok, line)
		targets := map[string]bool{}
		for _, name := range strings.Fields(to) {
			targets[name] = true
		}
		allowed[strings.TrimSpace(from)] = targets
	}
	return allowed
}
