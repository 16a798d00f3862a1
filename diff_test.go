package main

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"millrace/graph"
)

var update = flag.Bool("update", false, "rewrite the committed outputs under testdata/diff")

// TestDiffGolden compares before with after in each folder; either is a pipeline or a script.
func TestDiffGolden(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join("testdata", "diff", "*"))
	if err != nil || len(folders) < 4 {
		t.Fatal(folders, err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			sides := make([]string, 2)
			for i, name := range []string{"before.*", "after.*"} {
				found, err := filepath.Glob(filepath.Join(folder, name))
				if err != nil || len(found) != 1 {
					t.Fatal(found, err)
				}
				sides[i] = found[0]
			}
			got := millrace("diff", sides[0], sides[1])
			if got.code != 0 || got.stderr != "" {
				t.Fatalf("%+v", got)
			}
			file := filepath.Join(folder, "changes.txt")
			if *update {
				if err := os.WriteFile(file, []byte(got.stdout), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.stdout); diff != "" {
				t.Errorf("(- committed, + now; go test . -update rewrites it) %s", diff)
			}
			if same := millrace("diff", "--exit-code", sides[0], sides[0]); same.code != 0 || same.stdout != "" {
				t.Errorf("differs from itself: %+v", same)
			}
			var changes []graph.Change
			asJSON := millrace("diff", "--json", sides[0], sides[1])
			if err := json.Unmarshal([]byte(asJSON.stdout), &changes); err != nil || len(changes) == 0 {
				t.Errorf("%v %+v", err, asJSON)
			}
		})
	}
}

func TestDiffExitsWithOneOnlyWhenAsked(t *testing.T) {
	a := write(t, "a.pipeline.json", fine)
	b := write(t, "b.pipeline.json", strings.Replace(fine, `"print"`, `"blackhole"`, 1))
	const line = "~ outcome (sink) table.options.connector: print → blackhole\n"
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{a, b}, 0, line},
		{[]string{"--exit-code", a, b}, 1, line},
		{[]string{"--exit-code", a, a}, 0, ""},
		{[]string{"--json", a, a}, 0, "[]\n"},
	} {
		if got := millrace(append([]string{"diff"}, c.args...)...); got.code != c.code || got.stdout != c.want || got.stderr != "" {
			t.Errorf("%q: %+v", c.args, got)
		}
	}
}

func TestDiffReadsStandardInput(t *testing.T) {
	file := write(t, "a.pipeline.json", fine)
	stdin(t, fine)
	if got := millrace("diff", file, "-"); got.code != 0 || got.stdout != "" || got.stderr != "" {
		t.Errorf("a pipeline: %+v", got)
	}
	stdin(t, "\n CREATE TABLE t (a INT) WITH ('connector' = 'datagen');")
	script := write(t, "b.SQL", "CREATE TABLE t (a BIGINT) WITH ('connector' = 'datagen');")
	if got := millrace("diff", "-", script); got.code != 0 || got.stdout != "~ t (source) table.columns.a.type: INT → BIGINT\n" {
		t.Errorf("a script: %+v", got)
	}
	if got := millrace("diff", "-", "-"); got.code != 1 || !strings.HasPrefix(got.stderr, "millrace: standard input can be read once only") {
		t.Errorf("both: %+v", got)
	}
}

func TestDiffTellsWhatIsNotTakenFromAScript(t *testing.T) {
	script := write(t, "a.sql", "CREATE TABLE t (a INT) WITH ('connector' = 'datagen');\nCREATE TABLE t (;\n")
	got := millrace("diff", script, write(t, "b.sql", "CREATE TABLE t (a INT) WITH ('connector' = 'datagen');"))
	if got.code != 1 || got.stdout != "" || got.stderr == "" {
		t.Errorf("%+v", got)
	}
	if got := millrace("diff", script, filepath.Join(t.TempDir(), "none")); got.code != 1 || !strings.Contains(got.stderr, "cannot be read") {
		t.Errorf("%+v", got)
	}
}
