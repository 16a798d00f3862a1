package catalog

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// archive writes a zip; each entry may set its header.
func archive(entries ...func(w *zip.Writer)) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, entry := range entries {
		entry(w)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func stored(name, contents string) func(*zip.Writer) {
	return withHeader(&zip.FileHeader{Name: name}, contents)
}

func packed(name string, contents []byte) func(*zip.Writer) {
	return withHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}, string(contents))
}

func withHeader(header *zip.FileHeader, contents string) func(*zip.Writer) {
	return func(w *zip.Writer) {
		part, err := w.CreateHeader(header)
		if err == nil && !strings.HasSuffix(header.Name, "/") {
			_, err = io.WriteString(part, contents)
		}
		if err != nil {
			panic(err)
		}
	}
}

func withMode(name string, mode fs.FileMode) func(*zip.Writer) {
	header := &zip.FileHeader{Name: name}
	header.SetMode(mode)
	return withHeader(header, "/etc/passwd")
}

// raw writes an entry whose header may lie.
func raw(header *zip.FileHeader, contents []byte) func(*zip.Writer) {
	return func(w *zip.Writer) {
		part, err := w.CreateRaw(header)
		if err == nil {
			_, err = part.Write(contents)
		}
		if err != nil {
			panic(err)
		}
	}
}

func deflated(contents []byte) []byte {
	whole := archive(packed("x", contents))
	r, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		panic(err)
	}
	part, err := r.File[0].OpenRaw()
	if err != nil {
		panic(err)
	}
	data, err := io.ReadAll(part)
	if err != nil {
		panic(err)
	}
	return data
}

func patch(data []byte, at int, with ...byte) []byte {
	data = bytes.Clone(data)
	copy(data[at:], with)
	return data
}

// random is 1 MB that does not pack.
func random(size int) []byte {
	data := make([]byte, size)
	state := uint64(1)
	for i := range data {
		state = state*6364136223846793005 + 1442695040888963407
		data[i] = byte(state >> 56)
	}
	return data
}

// directories is an archive of nothing but n directory records; the number that it states is n modulo 65536.
func directories(n int) []byte {
	var b bytes.Buffer
	b.WriteString(localSignature)
	record := make([]byte, directoryLength)
	copy(record, directorySignature)
	for range n {
		b.Write(record)
	}
	end := make([]byte, endLength)
	copy(end, endSignature)
	binary.LittleEndian.PutUint16(end[8:], uint16(n))
	binary.LittleEndian.PutUint16(end[10:], uint16(n))
	binary.LittleEndian.PutUint32(end[12:], uint32(n*directoryLength))
	binary.LittleEndian.PutUint32(end[16:], 4)
	b.Write(end)
	return b.Bytes()
}

// overlapping is an archive whose n directory records all point at one packed entry.
func overlapping(n int) []byte {
	zeros := make([]byte, 900_000)
	one := archive(raw(&zip.FileHeader{Name: "a0000", Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(zeros), UncompressedSize64: uint64(len(zeros)), CompressedSize64: uint64(len(deflated(zeros)))}, deflated(zeros)))
	at := bytes.LastIndex(one, []byte(directorySignature))
	end := bytes.LastIndex(one, []byte(endSignature))
	record, tail := one[at:end], bytes.Clone(one[end:])
	out := bytes.Clone(one[:at])
	for i := range n {
		next := bytes.Clone(record)
		copy(next[directoryLength:], fmt.Sprintf("a%04d", i))
		out = append(out, next...)
	}
	binary.LittleEndian.PutUint16(tail[8:], uint16(n))
	binary.LittleEndian.PutUint16(tail[10:], uint16(n))
	binary.LittleEndian.PutUint32(tail[12:], uint32(n*len(record)))
	return append(out, tail...)
}

// hostile archives and a word of the sentence that refuses each.
func hostile() map[string]struct {
	data   []byte
	reason string
} {
	type c = struct {
		data   []byte
		reason string
	}
	small := archive(stored("a.txt", "hello"))
	zeros := make([]byte, 20<<20)
	many := []func(*zip.Writer){}
	for i := range maxEntries + 1 {
		many = append(many, stored(fmt.Sprint(i), ""))
	}
	wide := []func(*zip.Writer){}
	for i := range 600 {
		wide = append(wide, raw(&zip.FileHeader{Name: fmt.Sprint(i), Method: zip.Deflate, UncompressedSize64: 1_000_000, CompressedSize64: 20_000}, make([]byte, 20_000)))
	}
	lying := deflated(zeros)
	header := func(method uint16, size uint64, data []byte, crc uint32) *zip.FileHeader {
		return &zip.FileHeader{Name: "x", Method: method, UncompressedSize64: size, CompressedSize64: uint64(len(data)), CRC32: crc}
	}
	directory := bytes.LastIndex(small, []byte(directorySignature))
	return map[string]c{
		"empty file":               {nil, "no zip signature"},
		"text":                     {[]byte("not a jar at all, only text"), "no zip signature"},
		"class file":               {[]byte("\xca\xfe\xba\xbe\x00\x00\x00\x34"), "no zip signature"},
		"gzip":                     {append([]byte("\x1f\x8b\x08\x00"), small...), "no zip signature"},
		"script before the zip":    {append([]byte("#!/bin/sh\nexec rm -rf ~\n"), small...), "no zip signature"},
		"only a signature":         {[]byte(localSignature), "damaged"},
		"cut off":                  {small[:len(small)-10], "damaged"},
		"text after the zip":       {append(bytes.Clone(small), "more"...), "damaged"},
		"empty zip":                {archive(), "no Flink function"},
		"larger than 64 MB":        {make([]byte, maxSize+1), "larger than 64 MB"},
		"10,001 entries":           {archive(many...), "more than 10000 entries"},
		"a million records":        {directories(1_000_000), "more than 10000 entries"},
		"65,541 records, states 5": {directories(65_541), "more than 10000 entries"},
		"bomb":                     {archive(packed("bomb.bin", zeros)), "more than 100 times"},
		"bomb of many":             {archive(wide...), "more than 512 MB"},
		"overlapping entries":      {overlapping(500), "overlap"},
		"stated size too small":    {archive(raw(header(zip.Deflate, 1000, lying, crc32.ChecksumIEEE(zeros)), lying)), "damaged"},
		"stated size huge":         {archive(raw(header(zip.Deflate, 1<<40, lying, 0), lying)), "more than"},
		"wrong checksum":           {archive(raw(header(zip.Store, 5, []byte("hello"), 1), []byte("hello"))), "checksum"},
		"unknown packing":          {archive(raw(header(99, 5, []byte("hello"), crc32.ChecksumIEEE([]byte("hello"))), []byte("hello"))), "damaged"},
		"encrypted":                {patch(small, directory+8, 1, 0), "encrypted"},
		"leaves by ..":             {archive(stored("../../.ssh/authorized_keys", "x")), "leaves the archive"},
		"leaves in the middle":     {archive(stored("a/../../b.class", "x")), "leaves the archive"},
		"absolute":                 {archive(stored("/etc/cron.d/x", "x")), "absolute path"},
		"drive letter":             {archive(stored("C:/x", "x")), "absolute path"},
		"backslashes":              {archive(stored(`..\..\x`, "x")), "backslash"},
		"control characters":       {archive(stored("a\x00b", "x")), "control characters"},
		"symlink":                  {archive(withMode("lib", fs.ModeSymlink|0o777)), "link or a special file"},
		"device":                   {archive(withMode("dev", fs.ModeDevice|0o666)), "link or a special file"},
		"twice":                    {archive(stored("a.class", "1"), stored("a.class", "2")), "twice"},
		"twice by another path":    {archive(stored("a/b", "1"), stored("a/./b", "2")), "twice"},
		"directory moved":          {patch(small, len(small)-6, 1, 0, 0, 0), "damaged"},
		"zip64":                    {patch(small, len(small)-6, 0xff, 0xff, 0xff, 0xff), "ZIP64"},
		"no function":              {archive(stored("a.class", "\xca\xfe\xba\xbe garbage"), stored("META-INF/MANIFEST.MF", "x")), "no Flink function"},
		"class of 9 MB":            {archive(packed("a.class", random(9<<20))), "larger than 8 MB"},
	}
}

// RELIABILITY S19.
func TestHostileArchivesAreRefusedQuicklyInLittleMemory(t *testing.T) {
	cases := hostile()
	require.GreaterOrEqual(t, len(cases), 25)
	c, store := newCatalog(t)
	for name, h := range cases {
		runtime.GC()
		before := resident(t)
		begin := time.Now()
		_, err := c.Upload(t.Context(), name+".jar", bytes.NewReader(h.data))
		took := time.Since(begin)
		var refused *Refused
		require.ErrorAs(t, err, &refused, name)
		require.Contains(t, refused.Reason, h.reason, name)
		require.Less(t, len(refused.Reason), 400, name)
		require.Less(t, took, 2*time.Second, name)
		require.Less(t, resident(t)-before, int64(100<<20), name)
	}
	require.Empty(t, files(t, c))
	require.Empty(t, store.jars)
	_, err := os.Stat("/etc/cron.d/x")
	require.Error(t, err)
}

// resident is the process's resident memory in bytes.
func resident(t *testing.T) int64 {
	t.Helper()
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("needs /proc")
	}
	var size, pages int64
	_, err = fmt.Fscan(strings.NewReader(string(data)), &size, &pages)
	require.NoError(t, err)
	return pages * int64(os.Getpagesize())
}

func TestUsualJarsAreRead(t *testing.T) {
	data := archive(
		withMode("META-INF/", fs.ModeDir|0o755), withMode("META-INF/", fs.ModeDir|0o755), stored("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n"), packed("a/B.class", random(5000)), stored("A/b.class", "x"),
	)
	names := []string{}
	require.NoError(t, eachClass(bytes.NewReader(data), int64(len(data)), func(name string, class []byte) {
		names = append(names, fmt.Sprint(name, len(class)))
	}))
	require.Equal(t, []string{"a/B.class5000", "A/b.class1"}, names)
}
