package mysqlddl

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAFlinkScriptIsNeverTakenForMySQL(t *testing.T) {
	seen := 0
	for _, pattern := range []string{"import/*/script.sql", "compile/*/script.sql", "import/*/before.sql", "compile/*/before.sql"} {
		files, err := filepath.Glob(filepath.Join("..", "..", "testdata", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			seen++
			if Looks(read(t, file)) {
				t.Errorf("%s is taken for MySQL", file)
			}
		}
	}
	if seen < 80 {
		t.Fatalf("only %d scripts", seen)
	}
}

func TestLooksDecidesByWhatOnlyOneReads(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"CREATE TABLE t (id INT)", false},
		{"CREATE TABLE t (id INT NOT NULL, s VARCHAR(10) COMMENT 'x', PRIMARY KEY (id)) COMMENT 'y'", false},
		{"CREATE TABLE t (id INT, UNIQUE (id))", false},
		{"CREATE TABLE t (`id` INT) ", false},
		{"CREATE TABLE t (id INT(11))", true},
		{"CREATE TABLE t (id INT UNSIGNED)", true},
		{"CREATE TABLE t (s TEXT)", true},
		{"CREATE TABLE t (at DATETIME)", true},
		{"CREATE TABLE t (id INT DEFAULT 0)", true},
		{"CREATE TABLE t (id INT, KEY (id))", true},
		{"CREATE TABLE t (id INT) ENGINE=InnoDB", true},
		{"CREATE TABLE t (id INT) COMMENT='x'", true},
		{"CREATE TABLE t (id INT) PARTITION BY HASH (id)", true},
		{"CREATE TABLE `t` (`id` int AUTO_INCREMENT, oops oops oops(", true},
		{"CREATE TABLE t (p POINT)", true},
		{"create table t (id int(11)); -- WITH ('connector' = 'x')", true},
		{"CREATE TABLE t (id int(11) COMMENT 'WATERMARK FOR x, it\\'s WITH (''a'' = ''b'')')", true},
		{"CREATE TABLE t (id INT AUTO_INCREMENT) WITH ('connector' = 'datagen')", false},
		{"CREATE TABLE t (id INT(11), s TEXT) WITH ('connector' = 'datagen')", false},
		{"CREATE TABLE t (id INT DEFAULT 0, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)", false},
		{"CREATE TABLE t (id INT, PRIMARY KEY (id) NOT ENFORCED, s TEXT)", false},
		{"CREATE TABLE t (s STRING, at DATETIME)", false},
		{"CREATE TABLE t (m MAP<STRING, INT>, s TEXT)", false},
		{"SET 'a' = 'b'; CREATE TABLE t (s TEXT)", false},
		{"CREATE TABLE t (s TEXT); EXECUTE STATEMENT SET BEGIN INSERT INTO t SELECT 'a'; END", false},
		{"CREATE TABLE t (a STRING) WITH ('csv.escape-character' = '\\'); CREATE TABLE u (s TEXT)", false},
		{"CREATE TABLE t (id INT, CHECK (id > 0) NOT ENFORCED)", true},
		{"CREATE TABLE t AS SELECT * FROM u", false},
		{"INSERT INTO t VALUES (1)", false},
		{`{"name": "CREATE TABLE t (id int(11)) ENGINE=InnoDB"}`, false},
		{"", false},
	} {
		if got := Looks(c.text); got != c.want {
			t.Errorf("%v for %s", got, c.text)
		}
	}
}

func TestEveryCodeHasACase(t *testing.T) {
	told := ""
	for _, folder := range cases(t) {
		told += read(t, folder, "problems.txt")
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`(?:Code: |about\(t, graph\.\w+, |refuse\()"([a-z-]+)"|"([a-z]+-ignored)"`).FindAllStringSubmatch(read(t, file), -1) {
			codes[m[1]+m[2]] = true
		}
	}
	if len(codes) < 15 {
		t.Fatalf("only these codes are found: %v", codes)
	}
	for code := range codes {
		if !strings.Contains(told, " "+code+": ") {
			t.Errorf("no case under testdata/mysql shows %q", code)
		}
	}
}

func TestConfigIsThatOfANode(t *testing.T) {
	tables, _ := Tables("CREATE TABLE shop.t (id int(11) NOT NULL COMMENT 'number', name text, PRIMARY KEY (id)) ENGINE=InnoDB; CREATE TABLE u (x json);")
	got, err := json.Marshal([]any{tables[0].Config(), tables[1].Config()})
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"columns":[{"comment":"number","name":"id","type":"INT NOT NULL"},{"name":"name","type":"STRING"}],` +
		`"options":{"connector":"jdbc","table-name":"t","url":"jdbc:mysql://localhost:3306/shop"},"primaryKey":["id"]},` +
		`{"columns":[{"name":"x","type":"STRING"}],"options":{"connector":"jdbc","table-name":"u","url":"jdbc:mysql://localhost:3306/database"}}]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestManyReadAtOnce(t *testing.T) {
	text := read(t, "..", "..", "testdata", "mysql", "mysqldump", "schema.sql")
	want, _ := Tables(text)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, _ := Tables(text); !cmp.Equal(got, want) {
				t.Errorf("%+v", got)
			}
		})
	}
	all.Wait()
}

func TestAPanicOfTheParserIsAFault(t *testing.T) {
	read := func() (failed *fault) {
		defer guard(&failed)
		panic("index out of range")
	}
	if failed := read(); failed == nil || failed.at != -1 || !strings.Contains(failed.text, "index out of range") {
		t.Errorf("%+v", failed)
	}
}

// TestWhatIsCutOffIsStillReadOrTold cuts each case after each of its bytes.
func TestWhatIsCutOffIsStillReadOrTold(t *testing.T) {
	for _, folder := range cases(t) {
		text := read(t, folder, "schema.sql")
		for end := 0; end < len(text); end += 7 {
			tables, problems := Tables(text[:end])
			sane(t, text[:end], tables, problems)
			if len(tables) == 0 && len(problems) == 0 {
				t.Fatalf("nothing at all of %q", text[:end])
			}
		}
	}
}

func FuzzTables(f *testing.F) {
	for _, folder := range cases(f) {
		f.Add(read(f, folder, "schema.sql"))
	}
	f.Add("CREATE TABLE t (a int DEFAULT")
	f.Add("| t | CREATE TABLE t (a int) |\n")
	f.Add("DELIMITER ()\nCREATE TABLE t (a int)()")
	f.Fuzz(func(t *testing.T, text string) {
		tables, problems := Tables(text)
		sane(t, text, tables, problems)
		Looks(text)
	})
}

func BenchmarkTables(b *testing.B) {
	text := ""
	for _, name := range []string{"mysqldump", "phpmyadmin", "tidb", "keys-and-checks", "wordpress"} {
		text += read(b, "..", "..", "testdata", "mysql", name, "schema.sql")
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Tables(text)
	}
}

func BenchmarkLooksAtFlink(b *testing.B) {
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "import", "*", "script.sql"))
	if err != nil {
		b.Fatal(err)
	}
	text := ""
	for _, file := range files {
		text += read(b, file)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if Looks(text) {
			b.Fatal("taken for MySQL")
		}
	}
}
