package flink

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// fakeMaven puts an mvn on the path that runs the given shell lines; $lib is the folder to fill, $count a file that each run
// adds a line to.
func fakeMaven(t *testing.T, lines string) (count string) {
	t.Helper()
	dir := t.TempDir()
	count = filepath.Join(dir, "count")
	script := "#!/bin/sh\nfor a in \"$@\"; do case $a in -Dlib=*) lib=${a#*=};; esac; done\n" +
		"count=" + count + "\necho run >> $count\nmkdir -p $lib\n" + lines + "\n"
	if err := os.WriteFile(filepath.Join(dir, "mvn"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return count
}

func newResolver(cache string) resolver {
	return resolver{cacheDir: cache, project: fstest.MapFS{"pom.xml": {Data: []byte("<project/>")}}, progress: func(string) {}}
}

func TestResolveRemovesDoubledJars(t *testing.T) {
	fakeMaven(t, `for j in flink-table-api-java-uber-2.3.0 flink-table-api-java-2.3.0 flink-table-api-java-bridge-2.3.0 \
  flink-table-common-2.3.0 flink-table-api-bridge-base-2.3.0 flink-core-2.3.0; do touch $lib/$j.jar; done`)
	lib, err := newResolver(t.TempDir()).resolve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(lib)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	want := []string{"flink-core-2.3.0.jar", "flink-table-api-bridge-base-2.3.0.jar", "flink-table-api-java-uber-2.3.0.jar"}
	if !slices.Equal(names, want) {
		t.Errorf("got %v", names)
	}
}

func TestConcurrentResolvesRunMavenOnce(t *testing.T) {
	count := fakeMaven(t, "sleep 0.3; touch $lib/a.jar")
	cache := t.TempDir()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := newResolver(cache).resolve(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if runs, err := os.ReadFile(count); err != nil || strings.Count(string(runs), "run") != 1 {
		t.Errorf("Maven ran %q, %v", runs, err)
	}
}

func TestAnInterruptedResolveLeavesNoHalfCache(t *testing.T) {
	count := fakeMaven(t, "touch $lib/a.jar; [ $(wc -l < $count) -gt 1 ] || exec sleep 60; touch $lib/b.jar")
	cache := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, err := newResolver(cache).resolve(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v", err)
	}
	// what a kill -9 would have left
	if err := os.MkdirAll(filepath.Join(cache, "0000.part-1", "lib"), 0o755); err != nil {
		t.Fatal(err)
	}
	lib, err := newResolver(cache).resolve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if jars, err := filepath.Glob(filepath.Join(lib, "*.jar")); err != nil || len(jars) != 2 {
		t.Errorf("got %v, %v", jars, err)
	}
	if runs, err := os.ReadFile(count); err != nil || strings.Count(string(runs), "run") != 2 {
		t.Errorf("Maven ran %q, %v", runs, err)
	}
}

func TestAnotherSourceIsAnotherCache(t *testing.T) {
	fakeMaven(t, `grep -q "class A" $(dirname $lib)/src/A.java && touch $lib/a.jar`)
	cache := t.TempDir()
	libs := map[string]bool{}
	for _, source := range []string{"class A {}", "class A {} // again", "class A {}"} {
		r := newResolver(cache)
		r.project = fstest.MapFS{"pom.xml": {Data: []byte("<project/>")}, "src/A.java": {Data: []byte(source)}}
		lib, err := r.resolve(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		libs[lib] = true
	}
	if len(libs) != 2 {
		t.Errorf("got %v", libs)
	}
}

func TestAFailedResolveTellsMavensReason(t *testing.T) {
	fakeMaven(t, `echo "[INFO] Scanning"; echo "[ERROR] Could not resolve org.apache.flink:flink-core:9 -> [Help 1]"; exit 1`)
	_, err := newResolver(t.TempDir()).resolve(t.Context())
	var known *startError
	if !errors.As(err, &known) || !strings.HasSuffix(known.sentence, "Could not resolve org.apache.flink:flink-core:9") || len(known.log) != 2 {
		t.Errorf("got %+v", err)
	}
}

func TestResolveTellsWhichJarCame(t *testing.T) {
	fakeMaven(t, `echo "[INFO] Scanning"
echo "Downloading from central: https://repo.example/org/a/1/a-1.pom"
echo "Downloaded from central: https://repo.example/org/a/1/a-1.pom (2 kB at 9 kB/s)"
echo "Downloaded from central: https://repo.example/org/a/1/a-1.jar (22 kB at 91 kB/s)"
echo "Downloaded from central: https://repo.example/org/b/2/b-2.jar (22 kB at 91 kB/s)"`)
	var told []string
	r := newResolver(t.TempDir())
	r.progress = func(message string) { told = append(told, message) }
	if _, err := r.resolve(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(told) != 3 || told[2] != "Resolving Flink's jars: 2 fetched, the last one b-2.jar." {
		t.Errorf("told %q", told)
	}
}

func TestMissingMavenIsOneSentence(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := newResolver(t.TempDir()).resolve(t.Context())
	var known *startError
	if !errors.As(err, &known) || !strings.Contains(known.sentence, "Maven is missing") {
		t.Errorf("got %v", err)
	}
}

func TestOldJavaIsRefused(t *testing.T) {
	for output, refused := range map[string]bool{
		`openjdk version "17.0.15" 2025-04-15`: false,
		`openjdk version "21" 2023-09-19`:      false,
		`java version "1.8.0_402"`:             true,
		`openjdk version "11.0.22" 2024-01-16`: true,
		`something else`:                       false,
	} {
		if err := checkJava(output); (err != nil) != refused {
			t.Errorf("%s: got %v", output, err)
		}
	}
	t.Setenv("JAVA_HOME", t.TempDir())
	if _, err := findJava(t.Context()); err == nil || !strings.Contains(err.Error(), "Java is missing") {
		t.Errorf("got %v", err)
	}
}
