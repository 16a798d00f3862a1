package differential_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"millrace/server/flink"
)

// compareRows runs what the INSERTs of a bounded case ask for, as it was written and as it became. It returns the numbers of
// the tables that got rows; what Flink cannot do in a mode gives none.
func compareRows(t *testing.T, byHand, imported *flink.Session, original, become []insert) map[int]bool {
	t.Helper()
	filled := map[int]bool{}
	if want, err := table(t, byHand, together(t, byHand, original)); err == nil {
		got, err := table(t, imported, together(t, imported, become))
		if err != nil {
			t.Errorf("only what was written by hand gives rows: %v", err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rows by hand (-) and imported (+), by the number of the table:\n%s", diff)
		}
		for _, insert := range original {
			start := fmt.Sprintf("[%d,", insert.number)
			filled[insert.number] = slices.ContainsFunc(want, func(row string) bool { return strings.HasPrefix(row, start) })
		}
		return filled
	}
	last := slices.MaxFunc(original, func(a, b insert) int { return a.number - b.number }).number
	for number := range last + 1 {
		want, wantErr := table(t, byHand, together(t, byHand, into(number, original)))
		got, gotErr := table(t, imported, together(t, imported, into(number, become)))
		if (wantErr == nil) != (gotErr == nil) {
			t.Errorf("table %d: by hand: %v, imported: %v", number, wantErr, gotErr)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rows by hand (-) and imported (+), by the number of the table:\n%s", diff)
		}
		filled[number] = len(want) > 0
	}
	return filled
}

func into(number int, inserts []insert) []insert {
	return slices.DeleteFunc(slices.Clone(inserts), func(i insert) bool { return i.number != number })
}

// together is one query for the rows of all INSERTs, each with the number of its table: one job is much quicker than many.
func together(t *testing.T, session *flink.Session, inserts []insert) string {
	t.Helper()
	var parts []string
	for _, insert := range inserts {
		width := insert.width
		if width == 0 {
			columns, err := session.Describe(t.Context(), insert.path)
			if err != nil {
				t.Fatal(err)
			}
			width = len(columns)
		}
		var names []string
		for n := range width {
			names = append(names, fmt.Sprintf("c%d", n))
		}
		list := strings.Join(names, ", ")
		parts = append(parts, fmt.Sprintf("SELECT %d AS i, CAST(ROW(%s) AS STRING) AS r FROM (%s\n) AS q (%s)", insert.number, list, insert.query, list))
	}
	return strings.Join(parts, "\nUNION ALL\n")
}

// table runs a query to its end and returns the rows that are left when the changelog has been applied, sorted.
func table(t *testing.T, session *flink.Session, query string) ([]string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	result, err := session.Run(ctx, query, nil)
	if err != nil {
		return nil, fmt.Errorf("%s", short(err))
	}
	counts := map[string]int{}
	for _, row := range result.Rows {
		text, err := json.Marshal(row.Values)
		if err != nil {
			t.Fatal(err)
		}
		if row.Kind == "+I" || row.Kind == "+U" {
			counts[string(text)]++
		} else {
			counts[string(text)]--
		}
	}
	rows := []string{}
	for text, count := range counts {
		if count < 0 {
			t.Errorf("%s is taken back but was never there", text)
		}
		for range count {
			rows = append(rows, text)
		}
	}
	slices.Sort(rows)
	return rows, nil
}
