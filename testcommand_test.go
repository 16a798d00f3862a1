package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/server/flink/flinktest"
	"millrace/server/verdict"
)

func TestMain(m *testing.M) { flinktest.Main(m) }

// tested runs "millrace test" on the tests' Flink.
func tested(t *testing.T, args ...string) outcome {
	t.Helper()
	engine := flinktest.Start(t)
	return millrace(append([]string{"test", "--gateway", engine.Gateway, "--jobmanager", engine.JobManager}, args...)...)
}

func TestTheExamplesTestsPass(t *testing.T) {
	junit := filepath.Join(t.TempDir(), "junit.xml")
	got := tested(t, "--junit", junit, "examples")
	require.Zero(t, got.code, "%+v", got)
	require.Contains(t, got.stdout, "4 passed, 0 failed in ")
	require.Contains(t, got.stdout, "Amounts are summed per product and ten seconds (batch)")
	data, err := os.ReadFile(junit)
	require.NoError(t, err)
	require.Contains(t, string(data), `<testsuites tests="4" failures="0"`)
}

func TestAFailingTestShowsTheRowsThatDiffer(t *testing.T) {
	data, err := os.ReadFile("examples/orders.pipeline.json")
	require.NoError(t, err)
	text := strings.NewReplacer(`1, "2", "40.50"]`, `1, "2", "41.50"]`, "MIN(quantity) > 3", "MIN(quantity) > 4").Replace(string(data))
	file := write(t, "orders.pipeline.json", text)
	got := tested(t, "--mode", "streaming", file)
	require.Equal(t, 1, got.code, "%+v", got)
	require.Contains(t, got.stdout, "1 passed, 1 failed in ")
	require.Contains(t, got.stdout, "large: The condition does not hold: it gave FALSE.\n")
	require.Contains(t, got.stdout, "~ 2024-01-01 12:00:00.000  1        2       41.50 → 40.50\n")

	got = tested(t, "--json", "--mode", "streaming", file)
	require.Equal(t, 1, got.code)
	var out struct{ Suites []verdict.Suite }
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &out), got.stdout)
	require.Len(t, out.Suites[0].Results, 2)
	require.True(t, out.Suites[0].Results[0].Passed)
	require.Len(t, out.Suites[0].Results[1].Expectations[1].Changed, 1)
}

func TestWhatCannotBeTestedIsAMistakeOfTheUsers(t *testing.T) {
	empty := t.TempDir()
	cases := []struct {
		name string
		args []string
		want string
	}{
		{"no such file", []string{"test", filepath.Join(empty, "none")}, "cannot be read: no such file or directory"},
		{"an empty folder", []string{"test", empty}, "there is no test in " + empty},
		{"a pipeline without tests", []string{"test", write(t, "fine.pipeline.json", fine)}, "there is no test in"},
		{"half an engine", []string{"test", "--gateway", "http://flink:8083", empty}, "belong together"},
		{"a Flink that sees no samples", []string{"test", "--gateway", "http://flink:8083", "--jobmanager", "http://flink:8081", empty}, "--samples is missing"},
		{"mode", []string{"test", "--mode", "both at once", empty}, "--mode must be one of"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := millrace(c.args...)
			require.Equal(t, 1, got.code)
			require.Contains(t, got.stderr, c.want)
		})
	}
}
