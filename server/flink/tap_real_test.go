package flink_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"millrace/server/flink"
	"millrace/server/flink/flinktest"
)

// tap makes, for each view, a tap of its columns and one INSERT of a statement set; options are further ones of the hint, by
// view. It returns the job's id; a job that still runs is cancelled after the test.
func tap(t *testing.T, engine *flinktest.Engine, session *flink.Session, server *tapServer, options map[string]string, views ...string) string {
	t.Helper()
	var set strings.Builder
	for _, view := range views {
		columns, err := session.Describe(t.Context(), view)
		if err != nil {
			t.Fatal(err)
		}
		var types []string
		for _, column := range columns {
			types = append(types, fmt.Sprintf("`%s` %s", column.Name, column.Type))
		}
		hint := server.options(view)
		if options[view] != "" {
			hint += ", " + options[view]
		}
		run(t, session, fmt.Sprintf("CREATE TEMPORARY TABLE tap_%s (%s) WITH ('connector' = 'millrace-tap')", view, strings.Join(types, ", ")))
		fmt.Fprintf(&set, "INSERT INTO tap_%s /*+ OPTIONS(%s) */ SELECT * FROM %s;\n", view, hint, view)
	}
	id := hexID(t)
	if _, err := session.Run(t.Context(), "EXECUTE STATEMENT SET BEGIN\n"+set.String()+"END", fixed(id)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := engine.Client.CancelUntilTerminal(context.WithoutCancel(t.Context()), id); err != nil {
			t.Errorf("cancel %s: %v", id, err)
		}
	})
	return id
}

func TestTapSendsEveryType(t *testing.T) {
	engine, session := flinktest.Session(t, map[string]string{"table.local-time-zone": "Asia/Kathmandu"})
	server := listenTap(t)
	want := map[string]string{} // by view
	var views []string
	for _, test := range []struct{ view, sql, want string }{
		{"all_booleans", "TRUE, FALSE, CAST(NULL AS BOOLEAN)", "true, false, null"},
		{"all_integers", "CAST(-128 AS TINYINT), CAST(32767 AS SMALLINT), -2147483648, CAST(NULL AS INT)", "-128, 32767, -2147483648, null"},
		{"all_bigint", "9223372036854775807, CAST('-9223372036854775808' AS BIGINT), CAST(NULL AS BIGINT)", `"9223372036854775807", "-9223372036854775808", null`},
		{
			"all_decimal", "CAST('12345678901234567890123456789012345678' AS DECIMAL(38, 0)), CAST('-0.00000000000000000000000000000000000001' AS DECIMAL(38, 38)), CAST(1.5 AS DECIMAL(10, 3)), CAST(NULL AS DECIMAL(5, 2))",
			`"12345678901234567890123456789012345678", "-0.00000000000000000000000000000000000001", "1.500", null`,
		},
		{
			"all_floating", "CAST(1.5 AS FLOAT), CAST(1e300 AS DOUBLE), SQRT(-1 - RAND()), CAST(EXP(1000 + RAND()) AS FLOAT), -EXP(1000 + RAND()), CAST(NULL AS DOUBLE)",
			`1.5, 1.0E300, "NaN", "Infinity", "-Infinity", null`,
		},
		{
			"all_strings", "CAST('a' AS CHAR(3)), CAST('Zürich 東京 𝄞' AS VARCHAR(20)), U&'\"quotes\" \\005C and \\000A\\0001', '', CAST(NULL AS STRING)",
			`"a  ", "Zürich 東京 𝄞", "\"quotes\" \\ and \u000a\u0001", "", null`,
		},
		{"all_no_text", "CAST(X'61ff62' AS STRING)", "\"a\uFFFDb\""},
		{"all_bytes", "CAST(X'00cafeff' AS BYTES), CAST(X'0102' AS BINARY(2)), CAST(X'' AS VARBINARY(3)), CAST(NULL AS BYTES)", `"00cafeff", "0102", "", null`},
		{"all_arrays", "ARRAY[1, NULL, 3], ARRAY[ARRAY['a'], ARRAY['b', 'c']], CAST(NULL AS ARRAY<INT>), ARRAY[CAST(5 AS BIGINT)]", `[1,null,3], [["a"],["b","c"]], null, ["5"]`},
		{"all_maps", "MAP['k', 1, 'l', CAST(NULL AS INT)], MAP[ARRAY[1], MAP[2, X'0a']]", `[{"key":"k","value":1},{"key":"l","value":null}], [{"key":[1],"value":[{"key":2,"value":"0a"}]}]`},
		{"all_rows", "CAST(ROW(1, ROW('x', CAST(NULL AS DOUBLE))) AS ROW<b INT, a ROW<`say \"hi\"` STRING, n DOUBLE>>)", `{"b":1,"a":{"say \"hi\"":"x","n":null}}`},
		{"all_multiset", "COLLECT(x) FROM (VALUES ('a')) AS t (x)", `[{"key":"a","value":1}]`},
		{"all_structured", "OBJECT_OF('shop.Order', 'id', CAST(7 AS BIGINT), 'day', DATE '2020-01-02')", `{"id":"7","day":"2020-01-02"}`},
		{"all_nested_times", "ARRAY[TIMESTAMP '2020-01-01 00:00:00'], MAP['at', CAST(TIMESTAMP '2020-01-01 00:00:00' AS TIMESTAMP_LTZ(0))]", `["2020-01-01 00:00:00"], [{"key":"at","value":"2020-01-01 00:00:00"}]`},
		{"all_bitmap", "BITMAP_BUILD(ARRAY[1, 5])", `"{1,5}"`},
		{"all_variant", `PARSE_JSON('{"a": [1, 2.5, null, "x"]}')`, `"{\"a\":[1,2.5,null,\"x\"]}"`},
	} {
		run(t, session, "CREATE TEMPORARY VIEW "+test.view+" AS SELECT "+test.sql)
		views, want[test.view] = append(views, test.view), "[+I["+test.want+"]]"
	}
	tap(t, engine, session, server, nil, views...)
	for _, view := range views {
		if diff := cmp.Diff(want[view], fmt.Sprint(server.whole(view).rows)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", view, diff)
		}
	}
}

// TestTapWritesTimesAsCastDoes holds dates, times and instants against Flink's own CAST to STRING in the same query.
func TestTapWritesTimesAsCastDoes(t *testing.T) {
	engine, session := flinktest.Session(t, map[string]string{"table.local-time-zone": "Asia/Kathmandu"})
	server := listenTap(t)
	values := []string{
		"DATE '2020-02-29'", "DATE '0001-01-01'", "DATE '9999-12-31'", "CAST(NULL AS DATE)",
		"TIME '10:11:12'", "CAST('23:59:59.123' AS TIME(3))",
		"TIMESTAMP '2020-01-01 00:00:00'", "TIMESTAMP '1969-12-31 23:59:59.123456789'", "CAST('2020-01-01 10:00:00.5' AS TIMESTAMP(3))",
		"CAST('0001-01-01 00:00:00' AS TIMESTAMP(9))",
		"CAST(TIMESTAMP '2020-06-01 12:00:00.25' AS TIMESTAMP_LTZ(6))", "TO_TIMESTAMP_LTZ(-1, 3)", "TO_TIMESTAMP_LTZ(0, 0)",
	}
	for i, value := range values {
		values[i] = value + ", CAST(" + value + " AS STRING)"
	}
	run(t, session, "CREATE TEMPORARY VIEW times AS SELECT "+strings.Join(values, ", "))
	tap(t, engine, session, server, nil, "times")
	rows := server.whole("times").rows
	if len(rows) != 1 || len(rows[0].Values) != 2*len(values) {
		t.Fatalf("got %v", rows)
	}
	for i, value := range values {
		if own, cast := string(rows[0].Values[2*i]), string(rows[0].Values[2*i+1]); own != cast {
			t.Errorf("%s: the tap wrote %s, CAST %s", value, own, cast)
		}
	}
}

// TestTapWritesIntervals takes the one way to a table with intervals that Flink's DDL has: CREATE TABLE … AS SELECT.
func TestTapWritesIntervals(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	server := listenTap(t)
	values := []string{"INTERVAL '2-3' YEAR TO MONTH", "INTERVAL '-14' MONTH", "INTERVAL '-1 02:03:04.567' DAY TO SECOND(3)", "INTERVAL '25' HOUR"}
	for i, value := range values {
		values[i] = fmt.Sprintf("%s AS v%d, CAST(%s AS STRING) AS s%d", value, i, value, i)
	}
	run(t, session, "CREATE TABLE tap_intervals WITH ('connector' = 'millrace-tap', "+server.options("intervals")+") AS SELECT "+strings.Join(values, ", "))
	rows := server.whole("intervals").rows
	if len(rows) != 1 {
		t.Fatalf("got %v", rows)
	}
	for i := range values {
		if own, cast := string(rows[0].Values[2*i]), string(rows[0].Values[2*i+1]); own != cast {
			t.Errorf("%s: the tap wrote %s, CAST %s", values[i], own, cast)
		}
	}
}

func TestTapKeepsRowKindsOfAnAggregate(t *testing.T) {
	engine, session := flinktest.Session(t, nil)
	server := listenTap(t)
	run(t, session, "CREATE TEMPORARY VIEW orders AS SELECT * FROM (VALUES (1, 'a'), (2, 'a'), (3, 'b')) AS t (id, name)")
	run(t, session, "CREATE TEMPORARY VIEW names AS SELECT name, COUNT(*) AS n FROM orders GROUP BY name")
	run(t, session, "CREATE TEMPORARY VIEW counts AS SELECT n, COUNT(*) AS names FROM names GROUP BY n")
	tap(t, engine, session, server, nil, "orders", "names", "counts")
	for view, want := range map[string]string{
		"orders": `[+I[1, "a"] +I[2, "a"] +I[3, "b"]]`,
		"names":  `[+I["a", "1"] -U["a", "1"] +U["a", "2"] +I["b", "1"]]`,
		"counts": `[+I["1", "1"] -D["1", "1"] +I["2", "1"] +I["1", "1"]]`,
	} {
		if got := fmt.Sprint(server.whole(view).rows); got != want {
			t.Errorf("%s: got %s, want %s", view, got, want)
		}
	}
}

func TestTapWithoutAPreviewSaysWhatIsMissing(t *testing.T) {
	_, session := flinktest.Session(t, nil)
	run(t, session, "CREATE TEMPORARY TABLE tap_x (id INT) WITH ('connector' = 'millrace-tap')")
	for hint, want := range map[string]string{
		"'run'='x'":                              "the option 'address' is missing",
		"'address'='127.0.0.1:1'":                "the option 'run' is missing",
		"'run'='x', 'address'='nowhere'":         "The option 'address' must be host:port, not nowhere.",
		"'run'='x', 'address'='h:1', 'cell'='9'": "Unsupported options:\n\ncell",
		"'run'='x','address'='h:1','complete'='true','rows-per-second'='5'": "The option 'complete' must be false",
	} {
		_, err := session.Run(t.Context(), "INSERT INTO tap_x /*+ OPTIONS("+hint+") */ SELECT 1", nil)
		var refused *flink.SQLError
		if !errors.As(err, &refused) || !strings.Contains(fmt.Sprintf("%+v", *refused), want) {
			t.Errorf("%s: got %+v", hint, err)
		}
	}
}
