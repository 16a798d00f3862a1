package flink

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	oldestJava = 17
	doneMarker = "done" // in a cache folder whose lib is complete
)

// startError is a failure to start that a person can act on: one sentence, and log lines that explain it.
type startError struct {
	sentence string
	log      []string
}

func (e *startError) Error() string { return e.sentence }

// resolver turns a Maven project into a folder of jars.
type resolver struct {
	cacheDir string
	project  fs.FS // see LocalOptions
	progress func(message string)
}

// resolve returns the folder of the engine's jars, fetching them with Maven when the cache does not hold them. Two
// processes may call it at once; one that is killed leaves nothing half done.
func (r resolver) resolve(ctx context.Context) (lib string, err error) {
	key, err := projectKey(r.project)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(r.cacheDir, key)
	lib = filepath.Join(dir, "lib")
	if complete(dir) {
		return lib, nil
	}
	if err := os.MkdirAll(r.cacheDir, 0o755); err != nil {
		return "", fmt.Errorf("make cache folder: %w", err)
	}
	unlock, err := lockFile(ctx, dir+".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if complete(dir) {
		return lib, nil
	}
	if err := r.fill(ctx, dir); err != nil {
		return "", err
	}
	return lib, nil
}

// projectKey is a hash of all files of the project, their names included.
func projectKey(project fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(project, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(project, name)
		if err == nil {
			_, err = fmt.Fprintf(sum, "%s %d\n%s", name, len(content), content)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read the engine's project: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil))[:16], nil
}

func complete(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, doneMarker))
	return err == nil
}

// fill makes the cache folder under another name and renames it when it is complete.
func (r resolver) fill(ctx context.Context, dir string) error {
	leftovers, err := filepath.Glob(dir + ".part-*")
	if err != nil {
		return fmt.Errorf("look for half resolved jars: %w", err)
	}
	for _, leftover := range append(leftovers, dir) {
		if err := os.RemoveAll(leftover); err != nil {
			return fmt.Errorf("remove half resolved jars: %w", err)
		}
	}
	part, err := os.MkdirTemp(r.cacheDir, filepath.Base(dir)+".part-")
	if err != nil {
		return fmt.Errorf("make cache folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(part) }()
	if err := os.CopyFS(part, r.project); err != nil {
		return fmt.Errorf("write the engine's project: %w", err)
	}
	if err := r.runMaven(ctx, part); err != nil {
		return err
	}
	if err := removeDoubles(filepath.Join(part, "lib")); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(part, doneMarker), nil, 0o644); err != nil {
		return fmt.Errorf("mark cache folder: %w", err)
	}
	if err := os.Rename(part, dir); err != nil {
		return fmt.Errorf("keep resolved jars: %w", err)
	}
	return nil
}

var downloadedJar = regexp.MustCompile(`Downloaded from \S+: \S*/([^/\s]+\.jar)\b`)

func (r resolver) runMaven(ctx context.Context, dir string) error {
	maven, err := exec.LookPath("mvn")
	if err != nil {
		return &startError{sentence: "Maven is missing: install mvn, with which Millrace fetches Flink once, or start it with --gateway and --jobmanager."}
	}
	r.progress("Resolving Flink's jars with Maven; the first time this takes a minute.")
	command := exec.CommandContext(ctx, maven, "-B", "-f", filepath.Join(dir, "pom.xml"), "package", "dependency:copy-dependencies",
		"-Dlib="+filepath.Join(dir, "lib"), "-Dmaven.test.skip=true")
	command.SysProcAttr = ownGroup()
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	output, err := command.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start Maven: %w", err)
	}
	command.Stderr = command.Stdout
	if err := command.Start(); err != nil {
		return fmt.Errorf("start Maven: %w", err)
	}
	lines := r.follow(output)
	if err := command.Wait(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &startError{sentence: "Maven could not fetch Flink's jars: " + mavenReason(lines), log: tail(lines, 40)}
	}
	return nil
}

// follow reads Maven's output to its end, reports the jars it fetches, and keeps the lines that may explain a failure.
func (r resolver) follow(output io.Reader) []string {
	var lines []string
	jars := 0
	scanner := bufio.NewScanner(output)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		line := scanner.Text()
		if match := downloadedJar.FindStringSubmatch(line); match != nil {
			jars++
			r.progress(fmt.Sprintf("Resolving Flink's jars: %d fetched, the last one %s.", jars, match[1]))
		}
		if !strings.Contains(line, "Download") {
			lines = append(lines, line)
		}
	}
	return lines
}

func mavenReason(lines []string) string {
	for _, line := range lines {
		if reason, found := strings.CutPrefix(line, "[ERROR] "); found && reason != "" {
			reason, _, _ = strings.Cut(reason, " -> [Help")
			return reason
		}
	}
	return "no reason was given"
}

// removeDoubles deletes the jars whose classes lie in flink-table-api-java-uber a second time.
func removeDoubles(lib string) error {
	if uber, err := filepath.Glob(filepath.Join(lib, "flink-table-api-java-uber-*.jar")); err != nil || len(uber) == 0 {
		return err
	}
	entries, err := os.ReadDir(lib)
	if err != nil {
		return fmt.Errorf("list jars: %w", err)
	}
	for _, entry := range entries {
		if doubled(entry.Name()) {
			if err := os.Remove(filepath.Join(lib, entry.Name())); err != nil {
				return fmt.Errorf("remove doubled jar: %w", err)
			}
		}
	}
	return nil
}

func doubled(jar string) bool {
	for _, pattern := range []string{
		"flink-table-api-java-[0-9]*.jar", "flink-table-api-java-bridge-[0-9]*.jar", "flink-table-common-[0-9]*.jar",
	} {
		if ok, err := path.Match(pattern, jar); err == nil && ok {
			return true
		}
	}
	return false
}

// lockFile waits for the file's lock. The lock ends with the process at the latest.
func lockFile(ctx context.Context, name string) (unlock func(), err error) {
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = file.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", name, err), file.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), file.Close())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

var javaVersion = regexp.MustCompile(`version "(?:1\.)?(\d+)`)

// findJava returns the java program to use: JAVA_HOME's, or the one on the path.
func findJava(ctx context.Context) (string, error) {
	missing := &startError{sentence: fmt.Sprintf("Java is missing: install Java %d or newer, or set JAVA_HOME.", oldestJava)}
	java := "java"
	if home := os.Getenv("JAVA_HOME"); home != "" {
		java = filepath.Join(home, "bin", "java")
	}
	java, err := exec.LookPath(java)
	if err != nil {
		return "", missing
	}
	output, err := exec.CommandContext(ctx, java, "-version").CombinedOutput()
	if err != nil {
		return "", missing
	}
	return java, checkJava(string(output))
}

func checkJava(output string) error {
	match := javaVersion.FindStringSubmatch(output)
	if match == nil {
		return nil // a Java that does not tell gets its chance
	}
	if version, err := strconv.Atoi(match[1]); err == nil && version < oldestJava {
		return &startError{sentence: fmt.Sprintf("Java %d is too old: Flink needs Java %d or newer; set JAVA_HOME to one.", version, oldestJava)}
	}
	return nil
}

func tail(lines []string, n int) []string {
	return lines[max(0, len(lines)-n):]
}

// Jars returns the folder of the engine's jars, the tap's among them, fetching and building them with Maven when the cache
// does not hold them. OnStatus hears how far it is.
func Jars(ctx context.Context, options LocalOptions) (lib string, err error) {
	progress := func(message string) {
		if options.OnStatus != nil {
			options.OnStatus(Status{State: stateStarting, Phase: phaseResolving, Message: message, Local: true})
		}
	}
	return resolver{cacheDir: options.CacheDir, project: options.Project, progress: progress}.resolve(ctx)
}
