package flink

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	taskSlots   = 32
	jobManager  = "jobmanager"
	taskManager = "taskmanager"
)

// ports are the three that others must know; all else binds where it likes.
type ports struct {
	JobManager int `json:"jobManager"` // REST
	RPC        int `json:"rpc"`        // of the JobManager, for the TaskManager
	Gateway    int `json:"gateway"`    // REST
}

// cluster is a local engine's place on disk and in the network.
type cluster struct {
	dir   string // DataDir/engine
	lib   string
	java  string
	ports ports
}

// jvm is one of the engine's three programs.
type jvm struct {
	title   string // as people read it
	name    string // of its log files
	main    string
	options []string // of the JVM
	args    []string
}

// quickStart leaves out the JVM's second compiler: the JVM is ready after half of the CPU time and holds 40 MB less. The
// TaskManager keeps it, since that is where rows are worked on.
const quickStart = "-XX:TieredStopAtLevel=1"

// jvms are the engine's programs in the order of their start. Heaps and pools are sized so that the three hold under
// 750 MB when nothing runs; the shell scripts that would size the TaskManager are not there, so each part is given.
func (c cluster) jvms() []jvm {
	conf := c.path("conf")
	return []jvm{
		{
			title: "JobManager", name: jobManager,
			main:    "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
			options: []string{"-Xms64m", "-Xmx512m", quickStart},
			args:    []string{"--configDir", conf},
		},
		{
			title: "SQL Gateway", name: "gateway",
			main:    "org.apache.flink.table.gateway.SqlGateway",
			options: []string{"-Xms64m", "-Xmx640m", quickStart},
		},
		{
			title: "TaskManager", name: taskManager,
			main:    "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
			options: []string{"-Xms96m", "-Xmx768m", "-XX:MaxDirectMemorySize=256m"},
			args: []string{
				"--configDir", conf,
				"-Dtaskmanager.cpu.cores=2.0",
				"-Dtaskmanager.memory.network.min=64mb", "-Dtaskmanager.memory.network.max=64mb",
				"-Dtaskmanager.memory.framework.heap.size=128mb", "-Dtaskmanager.memory.task.heap.size=640mb",
				"-Dtaskmanager.memory.framework.off-heap.size=128mb", "-Dtaskmanager.memory.task.off-heap.size=64mb",
				"-Dtaskmanager.memory.managed.size=512mb", "-Dtaskmanager.memory.jvm-metaspace.size=256mb",
				"-Dtaskmanager.memory.jvm-overhead.min=128mb", "-Dtaskmanager.memory.jvm-overhead.max=128mb",
			},
		},
	}
}

// opened are the JDK's packages that Flink's own configuration opens (env.java.opts.all).
var opened = []string{
	"java.lang", "java.net", "java.io", "java.nio", "sun.nio.ch", "java.lang.reflect", "java.text", "java.time", "java.util",
	"java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks",
}

// command is the program and arguments that start a JVM.
func (c cluster) command(j jvm) []string {
	command := append([]string{c.java}, j.options...)
	command = append(command, "-XX:+UseSerialGC", "-XX:MaxMetaspaceSize=384m", "-XX:ReservedCodeCacheSize=96m", "-Xss512k")
	for _, name := range opened {
		command = append(command, "--add-opens=java.base/"+name+"=ALL-UNNAMED")
	}
	command = append(command,
		"-Dlog.file="+c.log(j), "-Dlog4j.configurationFile=file:"+c.path("conf", "log4j2.properties"),
		"-Djava.io.tmpdir="+c.path("tmp"), "-cp", filepath.Join(c.lib, "*"), j.main)
	return append(command, j.args...)
}

func (c cluster) path(elements ...string) string {
	return filepath.Join(append([]string{c.dir}, elements...)...)
}
func (c cluster) log(j jvm) string { return c.path("log", j.name+".log") }
func (c cluster) out(j jvm) string { return c.path("log", j.name+".out") }

func (c cluster) client() *Client {
	return NewClient("http://"+local(c.ports.Gateway), "http://"+local(c.ports.JobManager))
}

// write makes the engine's folders and configuration. State (checkpoints, savepoints) stays, the rest is made anew.
func (c cluster) write() error {
	for _, name := range []string{"tmp", "web"} {
		if err := os.RemoveAll(c.path(name)); err != nil {
			return fmt.Errorf("clear engine folder: %w", err)
		}
	}
	for _, name := range []string{"conf", "log", "tmp", "web", "checkpoints", "savepoints"} {
		if err := os.MkdirAll(c.path(name), 0o700); err != nil {
			return fmt.Errorf("make engine folder: %w", err)
		}
	}
	if err := os.WriteFile(c.path("conf", "config.yaml"), []byte(c.config()), 0o600); err != nil {
		return fmt.Errorf("write Flink's configuration: %w", err)
	}
	if err := os.WriteFile(c.path("conf", "log4j2.properties"), []byte(logging), 0o600); err != nil {
		return fmt.Errorf("write logging configuration: %w", err)
	}
	return nil
}

// config is Flink's configuration. Checkpointing's interval is left to each job: a default would delay every preview.
func (c cluster) config() string {
	settings := [][2]string{
		{"rest.address", "127.0.0.1"},
		{"rest.bind-address", "127.0.0.1"},
		{"rest.port", strconv.Itoa(c.ports.JobManager)},
		{"jobmanager.rpc.address", "127.0.0.1"},
		{"jobmanager.rpc.port", strconv.Itoa(c.ports.RPC)},
		{"jobmanager.bind-host", "127.0.0.1"},
		// Its first try comes before the JobManager listens; the default waits 10 s then.
		{"cluster.registration.error-delay", "300 ms"},
		{"taskmanager.host", "127.0.0.1"},
		{"taskmanager.bind-host", "127.0.0.1"},
		{"taskmanager.numberOfTaskSlots", strconv.Itoa(taskSlots)},
		{"sql-gateway.endpoint.rest.address", "127.0.0.1"},
		{"sql-gateway.endpoint.rest.bind-address", "127.0.0.1"},
		{"sql-gateway.endpoint.rest.port", strconv.Itoa(c.ports.Gateway)},
		{"parallelism.default", "1"},
		// Each blocking exchange of a batch job takes these; of the default, 512, the 2048 buffers above let three run at a time.
		{"taskmanager.network.sort-shuffle.min-buffers", "64"},
		{"metrics.fetcher.update-interval", "1 s"},
		{"web.refresh-interval", "500 ms"},
		{"web.tmpdir", c.path("web")},
		{"io.tmp.dirs", c.path("tmp")},
		{"execution.checkpointing.dir", "file://" + c.path("checkpoints")},
		{"execution.checkpointing.savepoint-dir", "file://" + c.path("savepoints")},
		{"execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION"},
	}
	var text strings.Builder
	for _, setting := range settings {
		value, err := json.Marshal(setting[1]) // a JSON string is a YAML string
		if err != nil {
			continue // a string always encodes
		}
		fmt.Fprintf(&text, "%s: %s\n", setting[0], value)
	}
	return text.String()
}

const logging = `rootLogger.level = INFO
rootLogger.appenderRef.file.ref = file
appender.file.name = file
appender.file.type = RollingFile
appender.file.append = false
appender.file.fileName = ${sys:log.file}
appender.file.filePattern = ${sys:log.file}.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 10MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 3
`

// choosePorts takes the ports of the last start where they are free, so that addresses stay, and other free ones elsewhere.
func (c *cluster) choosePorts() error {
	name := c.path("ports.json")
	if text, err := os.ReadFile(name); err == nil {
		_ = json.Unmarshal(text, &c.ports) // a damaged file is as good as none
	}
	for _, port := range []*int{&c.ports.JobManager, &c.ports.RPC, &c.ports.Gateway} {
		if err := choosePort(port); err != nil {
			return err
		}
	}
	text, err := json.Marshal(c.ports)
	if err != nil {
		return fmt.Errorf("encode ports: %w", err)
	}
	if err := errors.Join(os.MkdirAll(c.dir, 0o700), os.WriteFile(name, text, 0o600)); err != nil {
		return fmt.Errorf("remember ports: %w", err)
	}
	return nil
}

// choosePort keeps a port that is free and sets one that is not to another.
func choosePort(port *int) error {
	listener, err := net.Listen("tcp", local(*port))
	if err != nil {
		listener, err = net.Listen("tcp", local(0))
	}
	if err != nil {
		return fmt.Errorf("find free port: %w", err)
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if ok {
		*port = address.Port
	}
	return listener.Close()
}

func local(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

var (
	telling   = regexp.MustCompile(` (?:ERROR|WARN) |Exception|Error:|^Caused by|^Error|^Could not|OutOfMemory`)
	portTaken = regexp.MustCompile(`BindException|Address already in use|Could not start rest endpoint on any port`)
)

// lastWords are the lines of a JVM's output and log that say why it ended, the newest last.
func (c cluster) lastWords(j jvm) []string {
	lines := slices.Concat(lastLines(c.log(j)), lastLines(c.out(j)))
	var matter []string
	for _, line := range lines {
		if telling.MatchString(line) && !strings.HasPrefix(line, "\tat ") {
			matter = append(matter, line)
		}
	}
	if len(matter) == 0 {
		matter = lines
	}
	return tail(matter, 40)
}

// wordsOf are the last words of the JVM with a title.
func (c cluster) wordsOf(title string) []string {
	for _, j := range c.jvms() {
		if j.title == title {
			return c.lastWords(j)
		}
	}
	return nil
}

// lastLines reads the end of a text file, nothing when it cannot be read.
func lastLines(name string) []string {
	const enough = 128 << 10
	text, err := os.ReadFile(name)
	if err != nil || len(text) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSpace(string(text[max(0, len(text)-enough):])), "\n")
}
