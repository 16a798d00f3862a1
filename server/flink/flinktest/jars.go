package flinktest

import (
	"testing"

	"millrace/server/flink"
)

// Jars returns the folder with Flink's jars, for tests that need its classes and no running engine. It skips the test under
// -short.
func Jars(tb testing.TB) string {
	tb.Helper()
	if testing.Short() {
		tb.Skip("needs Flink's jars")
	}
	options, err := Options(tb.TempDir())
	if err != nil {
		tb.Fatal(err)
	}
	lib, err := flink.Jars(tb.Context(), options)
	if err != nil {
		tb.Fatal(err)
	}
	return lib
}
