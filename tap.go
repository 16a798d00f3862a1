package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"millrace/server/flink"
	"millrace/tap"
)

type tapCommand struct {
	Cache string `env:"MILLRACE_FLINK_CACHE" help:"Folder for Flink's jars (default: millrace in the user's cache folder)."`
}

// Run prints the path of the tap's JAR; how its build goes on is told on standard error.
func (c *tapCommand) Run(stdout io.Writer, progress diagnosticsTo) error {
	cache, err := cacheFolder(c.Cache)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	lib, err := flink.Jars(ctx, flink.LocalOptions{CacheDir: cache, Project: tap.Project, OnStatus: func(status flink.Status) {
		_, _ = fmt.Fprintln(progress, status.Message)
	}})
	if err != nil {
		return err
	}
	jar, err := filepath.Abs(filepath.Join(lib, tap.Jar))
	if err != nil {
		return fmt.Errorf("find cache folder: %w", err)
	}
	_, err = fmt.Fprintln(stdout, jar)
	return err
}

// cacheFolder is where Flink's jars are kept: the folder that was named, or one in the user's cache folder.
func cacheFolder(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	folder, err := os.UserCacheDir()
	if err != nil {
		return "", mistake{"there is no cache folder for Flink's jars: name a folder with --cache"}
	}
	return filepath.Join(folder, "millrace"), nil
}
