package flinksql_test

import (
	"strings"
	"testing"

	"millrace/compiler/flinksql"
)

// BenchmarkParse reads the scripts of the golden cases as one text; issue 4 asks for 20 MB/s.
func BenchmarkParse(b *testing.B) {
	_, scripts := accepted(b)
	text := strings.Join(scripts, ";\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		flinksql.Parse(text)
	}
}

// BenchmarkExpression reads one expression as a form has it; issue 4 asks for less than 5 µs.
func BenchmarkExpression(b *testing.B) {
	const text = "CASE WHEN o.price * o.quantity > 100 AND o.status IN ('new', 'paid') THEN UPPER(o.name) ELSE CAST(o.id AS STRING) END"
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := flinksql.ParseExpression(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPrint(b *testing.B) {
	_, scripts := accepted(b)
	var statements []flinksql.Statement
	size := 0
	for _, text := range scripts {
		size += len(text)
		statements = append(statements, flinksql.Parse(text).Statements...)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range statements {
			flinksql.Print(s)
		}
	}
}
