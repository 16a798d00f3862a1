//go:build unix && !linux

package flink

import "syscall"

// ownGroup puts a child into a process group of its own, out of reach of the terminal's Ctrl-C.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// diesWithParent is ownGroup: only Linux can tie a child to its parent.
func diesWithParent() *syscall.SysProcAttr { return ownGroup() }
