package catalog

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"millrace/compiler"
)

// memory is a Store for tests; the real one is held to it by the store's own tests.
type memory struct {
	jars []Jar
	err  error
}

func (m *memory) InsertJar(_ context.Context, jar Jar) error {
	if m.err == nil {
		m.jars = append([]Jar{jar}, m.jars...)
	}
	return m.err
}

func (m *memory) DeleteJar(_ context.Context, id string) error {
	for i, jar := range m.jars {
		if jar.ID == id {
			m.jars = append(m.jars[:i:i], m.jars[i+1:]...)
		}
	}
	return m.err
}

func (m *memory) Jars(context.Context) ([]Jar, error) { return append([]Jar{}, m.jars...), nil }

func newCatalog(t *testing.T) (*Catalog, *memory) {
	t.Helper()
	store := &memory{}
	c, err := New(t.Context(), filepath.Join(t.TempDir(), "jars"), store)
	require.NoError(t, err)
	return c, store
}

const flinkStubs = "org/apache/flink/table/functions/"

// sources are Java files by path. The stubs stand for Flink's classes and stay out of the JAR.
func compileJar(t *testing.T, sources map[string]string) []byte {
	t.Helper()
	if _, err := exec.LookPath("javac"); err != nil {
		t.Skip("needs javac")
	}
	dir, out := t.TempDir(), t.TempDir()
	all := map[string]string{
		flinkStubs + "UserDefinedFunction.java": "package org.apache.flink.table.functions; public abstract class UserDefinedFunction {}",
		flinkStubs + "ScalarFunction.java":      "package org.apache.flink.table.functions; public abstract class ScalarFunction extends UserDefinedFunction {}",
		flinkStubs + "TableFunction.java":       "package org.apache.flink.table.functions; public abstract class TableFunction<T> extends UserDefinedFunction {}",
		flinkStubs + "AggregateFunction.java":   "package org.apache.flink.table.functions; public abstract class AggregateFunction<T, A> extends UserDefinedFunction {}",
	}
	for name, text := range sources {
		all[name] = text
	}
	arguments := []string{"-nowarn", "-proc:none", "-d", out}
	for name, text := range all {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		arguments = append(arguments, path)
	}
	output, err := exec.Command("javac", arguments...).CombinedOutput()
	require.NoError(t, err, string(output))
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	require.NoError(t, filepath.WalkDir(out, func(path string, entry os.DirEntry, err error) error {
		name, _ := filepath.Rel(out, path)
		name = filepath.ToSlash(name)
		if err != nil || entry.IsDir() || strings.HasPrefix(name, flinkStubs) {
			return err
		}
		contents, err := os.ReadFile(path)
		require.NoError(t, err)
		part, err := w.Create(name)
		require.NoError(t, err)
		_, err = part.Write(contents)
		return err
	}))
	require.NoError(t, w.Close())
	return archive.Bytes()
}

var functionSources = map[string]string{
	"demo/DelayBand.java": `package demo;
		import org.apache.flink.table.functions.ScalarFunction;
		public class DelayBand extends ScalarFunction {
			private static final long BIG = 5_000_000_000L; static final double D = 1.5; static final String S = "äöü \u0000 \uD83D\uDE00";
			public String eval(Integer delay) { return delay == null ? null : BIG + S + D; }
			public String eval(int delay, String unit) { Runnable r = () -> System.out.println(delay + unit); r.run(); return unit; }
			public long eval(long[] a, byte[] b, String... rest) { return 1; }
			String eval(double hidden) { return ""; }
			public static String eval(float notCounted) { return ""; }
		}`,
	"demo/Base.java": `package demo;
		public abstract class Base extends org.apache.flink.table.functions.ScalarFunction {
			public java.math.BigDecimal eval(java.time.LocalDateTime at, java.util.Map<String, Integer> m, java.time.Instant i) { return null; }
		}`,
	"demo/HTTPStatus.java": `package demo; public class HTTPStatus extends Middle { public Object eval(Thread t, boolean b) { return t; } }`,
	"demo/Middle.java":     `package demo; abstract class Middle extends Base {}`,
	"demo/Outer.java": `package demo;
		public class Outer {
			public static class Nested extends org.apache.flink.table.functions.ScalarFunction { public double eval(double x) { return x; } }
			public class Inner extends org.apache.flink.table.functions.ScalarFunction { public double eval(double x) { return x; } }
		}`,
	"demo/Hidden.java":    `package demo; class Hidden extends org.apache.flink.table.functions.ScalarFunction { public int eval(int x) { return x; } }`,
	"demo/NeedsArgs.java": `package demo; public class NeedsArgs extends org.apache.flink.table.functions.ScalarFunction { public NeedsArgs(int x) {} public int eval(int x) { return x; } }`,
	"demo/NoEval.java":    `package demo; public class NoEval extends org.apache.flink.table.functions.ScalarFunction { }`,
	"demo/Split.java":     `package demo; public class Split extends org.apache.flink.table.functions.TableFunction<String> { public void eval(String s) {} }`,
	"demo/Plain.java":     `package demo; public class Plain { public int eval(int x) { return x; } }`,
	"module-info.java":    `module demo { }`,
}

func TestScalarFunctionsAreFoundInClassFiles(t *testing.T) {
	sources := map[string]string{}
	for name, text := range functionSources {
		if name != "module-info.java" {
			sources[name] = text
		}
	}
	c, store := newCatalog(t)
	contents := compileJar(t, sources)
	jar, err := c.Upload(t.Context(), `C:\jars\demo.jar`, bytes.NewReader(contents))
	require.NoError(t, err)
	require.Equal(t, "demo.jar", jar.FileName)
	require.EqualValues(t, len(contents), jar.Size)
	require.Equal(t, []Function{
		{Name: "delay_band", Class: "demo.DelayBand", Signatures: []string{"eval(ARRAY<BIGINT>, BYTES, STRING...) → BIGINT", "eval(INT) → STRING", "eval(INT, STRING) → STRING"}},
		{Name: "http_status", Class: "demo.HTTPStatus", Signatures: []string{"eval(TIMESTAMP, MAP, TIMESTAMP_LTZ) → DECIMAL", "eval(Thread, BOOLEAN) → any type"}},
		{Name: "nested", Class: "demo.Outer$Nested", Signatures: []string{"eval(DOUBLE) → DOUBLE"}},
	}, jar.Functions)
	require.Equal(t, []string{
		"Hidden is not public.", "Inner has no public constructor without parameters.", "NeedsArgs has no public constructor without parameters.",
		"NoEval has no public method eval.", "Split is a table function; only scalar functions are supported yet.",
	}, jar.Notes)

	stored, err := os.ReadFile(c.path(jar.ID))
	require.NoError(t, err)
	require.Equal(t, contents, stored)
	require.Equal(t, compiler.Function{Name: "delay_band", Class: "demo.DelayBand", Jar: c.path(jar.ID), Signatures: jar.Functions[0].Signatures}, c.Functions()[0])

	again, err := c.Upload(t.Context(), "other.jar", bytes.NewReader(contents))
	require.NoError(t, err)
	require.Equal(t, jar, again)
	reopened, err := New(t.Context(), c.dir, store)
	require.NoError(t, err)
	require.Equal(t, c.Functions(), reopened.Functions())

	require.NoError(t, c.Delete(t.Context(), jar.ID))
	require.ErrorIs(t, c.Delete(t.Context(), jar.ID), ErrNotFound)
	require.Empty(t, c.Functions())
	require.Empty(t, files(t, c))
}

func TestJarWithoutAScalarFunctionIsRefusedWithItsReason(t *testing.T) {
	c, _ := newCatalog(t)
	upload := func(names ...string) string {
		sources := map[string]string{}
		for _, name := range names {
			sources[name] = functionSources[name]
		}
		_, err := c.Upload(t.Context(), "x.jar", bytes.NewReader(compileJar(t, sources)))
		var refused *Refused
		require.ErrorAs(t, err, &refused)
		return refused.Reason
	}
	require.Equal(t, "There is no Flink function in the JAR: no public class extends org.apache.flink.table.functions.ScalarFunction.", upload("demo/Plain.java"))
	require.Equal(t, "There is no function in the JAR that can be used: Split is a table function; only scalar functions are supported yet.", upload("demo/Split.java", "demo/Plain.java"))
	require.Empty(t, files(t, c))
}

func TestNewerVersionOfAClassReplacesAndAnotherClassIsRefused(t *testing.T) {
	c, _ := newCatalog(t)
	source := func(pack, result string) map[string]string {
		return map[string]string{pack + "/Band.java": "package " + pack + "; public class Band extends org.apache.flink.table.functions.ScalarFunction { public " + result + " eval(" + result + " x) { return x; } }"}
	}
	upload := func(name string, sources map[string]string) (Jar, error) {
		return c.Upload(t.Context(), name, bytes.NewReader(compileJar(t, sources)))
	}
	_, err := upload("one.jar", source("a", "int"))
	require.NoError(t, err)
	newer, err := upload("two.jar", source("a", "long"))
	require.NoError(t, err)
	require.Equal(t, []string{"eval(BIGINT) → BIGINT"}, c.Functions()[0].Signatures)
	require.Equal(t, c.path(newer.ID), c.Functions()[0].Jar)
	_, err = upload("three.jar", source("b", "int"))
	require.ErrorContains(t, err, "There is already a function band (class a.Band in")
	require.Len(t, files(t, c), 2)
}

func TestUploadThatCannotBeSavedLeavesNothing(t *testing.T) {
	c, store := newCatalog(t)
	store.err = errors.New("disk full")
	contents := compileJar(t, map[string]string{"demo/Outer.java": functionSources["demo/Outer.java"]})
	_, err := c.Upload(t.Context(), "x.jar", bytes.NewReader(contents))
	require.ErrorContains(t, err, "disk full")
	require.Empty(t, files(t, c))
	require.Empty(t, c.Jars())
	_, err = c.Upload(t.Context(), "x.jar", &broken{})
	require.ErrorContains(t, err, "connection lost")
	require.Empty(t, files(t, c))
}

type broken struct{}

func (*broken) Read([]byte) (int, error) { return 0, errors.New("connection lost") }

func files(t *testing.T, c *Catalog) []string {
	t.Helper()
	entries, err := os.ReadDir(c.dir)
	require.NoError(t, err)
	names := []string{}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestSnakeCase(t *testing.T) {
	for in, want := range map[string]string{
		"DelayBand": "delay_band", "HTTPStatus": "http_status", "ToURL": "to_url", "X": "x", "alreadyLower": "already_lower", "Geo2Text": "geo2_text", "Snake_Case": "snake_case", "ÄrgerLevel": "ärger_level",
	} {
		require.Equal(t, want, snakeCase(in), in)
	}
}

func FuzzParseClass(f *testing.F) {
	f.Add([]byte("\xca\xfe\xba\xbe\x00\x00\x00\x34\x00\x05\x01\x00\x01A\x07\x00\x01"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		c, err := parseClass(data)
		if err == nil {
			functionsOf(map[string]class{c.name: c.relevant()})
			signaturesOf(c, map[string]class{c.name: c, c.super: c})
		}
	})
}
