package flink

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	keeperCommand = "keeper"        // the first argument that makes our binary a keeper
	killAfter     = 2 * time.Second // between SIGTERM and SIGKILL
)

// RunKeeper runs one program and ends it, with its whole process group, when standard input closes: that is when the server
// that started the keeper has gone, however it went. args are a file for the program's output, the program and its
// arguments. The program's process id is the first line of standard output. It returns the exit code.
func RunKeeper(args []string) int {
	runtime.LockOSThread() // the kernel ties the child to the thread that starts it
	if len(args) < 2 {
		fmt.Fprintln(os.Stderr, "keeper: wants an output file and a program")
		return 2
	}
	code, err := keep(args[0], args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "keeper:", err)
		return 2
	}
	return code
}

func keep(output string, program []string) (int, error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	file, err := os.OpenFile(output, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, fmt.Errorf("open output: %w", err)
	}
	command := exec.Command(program[0], program[1:]...)
	command.Stdout, command.Stderr = file, file
	command.SysProcAttr = diesWithParent()
	if err := command.Start(); err != nil {
		return 0, fmt.Errorf("start %s: %w", program[0], err)
	}
	if _, err := fmt.Println(command.Process.Pid); err != nil {
		return 0, errors.Join(fmt.Errorf("tell process id: %w", err), killGroup(command.Process.Pid, syscall.SIGKILL))
	}
	ended := make(chan struct{})
	go func() {
		_ = command.Wait() // how it ended is in ProcessState
		close(ended)
	}()
	select {
	case <-ended:
	case <-signals:
		endGroup(command.Process.Pid, ended)
	case <-inputClosed():
		endGroup(command.Process.Pid, ended)
	}
	// What the program left in its group goes with it.
	_ = killGroup(command.Process.Pid, syscall.SIGKILL)
	return command.ProcessState.ExitCode(), nil
}

func inputClosed() <-chan struct{} {
	closed := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // an error is as good as the end
		close(closed)
	}()
	return closed
}

func endGroup(pid int, ended <-chan struct{}) {
	_ = killGroup(pid, syscall.SIGTERM) // it may have ended just now
	select {
	case <-ended:
	case <-time.After(killAfter):
		_ = killGroup(pid, syscall.SIGKILL)
		<-ended
	}
}

func killGroup(pid int, sig syscall.Signal) error { return syscall.Kill(-pid, sig) }

// kept is a program that runs under a keeper.
type kept struct {
	pid    int           // of the program, not of the keeper
	ended  chan struct{} // closed when the keeper has ended, and so the program
	input  io.Closer     // closing it ends the program
	keeper *exec.Cmd
}

// startKept starts a program under a keeper. It outlives neither this process nor a call of stop.
func startKept(output string, env []string, program ...string) (*kept, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find own program: %w", err)
	}
	command := exec.Command(self, append([]string{keeperCommand, output}, program...)...)
	command.Env = append(withoutOurs(os.Environ()), env...)
	command.SysProcAttr = ownGroup()
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("make keeper's pipe: %w", err)
	}
	told, err := command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("make keeper's pipe: %w", err)
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start keeper: %w", err)
	}
	k := &kept{input: input, keeper: command, ended: make(chan struct{})}
	if _, err := fmt.Fscanln(told, &k.pid); err != nil {
		return nil, errors.Join(fmt.Errorf("keeper could not start %s: %w", program[0], err), input.Close(), command.Wait())
	}
	go func() {
		_ = command.Wait() // how it ended is in the program's log
		close(k.ended)
	}()
	return k, nil
}

// withoutOurs leaves out our own settings, which hold a token that user code on Flink must not see.
func withoutOurs(environment []string) []string {
	return slices.DeleteFunc(environment, func(entry string) bool { return strings.HasPrefix(entry, "MILLRACE_") })
}

// stop ends the program: politely, then after 2 s by force.
func (k *kept) stop(ctx context.Context) error {
	if err := k.input.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("tell keeper to stop: %w", err)
	}
	select {
	case <-k.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
