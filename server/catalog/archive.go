package catalog

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// What an archive may be at most.
const (
	maxSize      = 64 << 20  // bytes of the file
	maxUnpacked  = 512 << 20 // bytes of all entries
	maxEntries   = 10_000
	maxRatio     = 100     // unpacked to packed, of entries of more than ratioFrom bytes and of the whole
	ratioFrom    = 1 << 20 // small files of one repeated byte are harmless
	maxClassSize = 8 << 20 // bytes of one class file
)

const (
	localSignature     = "PK\x03\x04"
	directorySignature = "PK\x01\x02"
	endSignature       = "PK\x05\x06"
	endLength          = 22
	directoryLength    = 46
)

// eachClass checks the whole archive and calls do with the bytes of each class file; every entry is unpacked once, so
// that sizes and checksums are true, but nothing is written anywhere.
func eachClass(file io.ReaderAt, size int64, do func(name string, class []byte)) error {
	if err := checkDirectory(file, size); err != nil {
		return err
	}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return refuse("The archive is damaged: %s.", strings.TrimPrefix(err.Error(), "zip: "))
	}
	if err := checkEntries(archive.File, size); err != nil {
		return err
	}
	for _, entry := range archive.File {
		if err := readEntry(entry, do); err != nil {
			return err
		}
	}
	return nil
}

// checkDirectory walks the central directory before archive/zip builds a list of it: the number of entries that the
// archive states can lie, and a list of a million costs hundreds of megabytes.
func checkDirectory(file io.ReaderAt, size int64) error {
	start := make([]byte, 4)
	if _, err := file.ReadAt(start, 0); err != nil || string(start) != localSignature && string(start) != endSignature {
		return refuse("The file is not a JAR (no zip signature).")
	}
	tail := make([]byte, min(size, endLength+0xffff))
	if _, err := file.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	at := bytes.LastIndex(tail, []byte(endSignature))
	if at < 0 || at+endLength > len(tail) || at+endLength+int(binary.LittleEndian.Uint16(tail[at+20:])) != len(tail) {
		return refuse("The archive is damaged: it does not end with a zip directory.")
	}
	end := size - int64(len(tail)-at)
	length, offset := int64(binary.LittleEndian.Uint32(tail[at+12:])), int64(binary.LittleEndian.Uint32(tail[at+16:]))
	if offset+length != end {
		return refuse("The archive is damaged, or a ZIP64 or self-extracting one: its directory is not where it should be.")
	}
	return countEntries(file, offset, end)
}

func countEntries(file io.ReaderAt, offset, end int64) error {
	header := make([]byte, directoryLength)
	for count := 0; offset < end; count++ {
		if count == maxEntries {
			return refuse("The archive has more than %d entries.", maxEntries)
		}
		if _, err := file.ReadAt(header, offset); err != nil || string(header[:4]) != directorySignature {
			return refuse("The archive is damaged: its directory cannot be read.")
		}
		for _, at := range []int{28, 30, 32} { // lengths of name, extra field and comment
			offset += int64(binary.LittleEndian.Uint16(header[at:]))
		}
		offset += directoryLength
	}
	if offset != end {
		return refuse("The archive is damaged: its directory cannot be read.")
	}
	return nil
}

func checkEntries(entries []*zip.File, size int64) error {
	names := map[string]bool{}
	var packed, unpacked uint64
	for _, entry := range entries {
		name := entry.Name
		if reason := badName(name); reason != "" {
			return refuse("Entry %q %s.", shorten(name), reason)
		}
		key := path.Clean(name)
		if names[key] && !strings.HasSuffix(name, "/") {
			return refuse("Entry %q stands twice in the archive.", shorten(name))
		}
		names[key] = true
		if kind := entry.Mode().Type(); kind != 0 && kind != fs.ModeDir {
			return refuse("Entry %q is a link or a special file.", shorten(name))
		}
		if entry.Flags&1 != 0 {
			return refuse("Entry %q is encrypted.", shorten(name))
		}
		if entry.UncompressedSize64 > ratioFrom && entry.UncompressedSize64/maxRatio >= max(entry.CompressedSize64, 1) {
			return refuse("Entry %q unpacks to more than %d times its size.", shorten(name), maxRatio)
		}
		if unpacked += entry.UncompressedSize64; entry.UncompressedSize64 > maxUnpacked || unpacked > maxUnpacked {
			return refuse("The archive unpacks to more than %d MB.", maxUnpacked>>20)
		}
		if packed += entry.CompressedSize64; entry.CompressedSize64 > uint64(size) || packed > uint64(size) {
			return refuse("The archive is damaged: its entries overlap.")
		}
	}
	return nil
}

func badName(name string) string {
	switch {
	case name == "":
		return "has no name"
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "has a name with control characters"
	case strings.HasPrefix(name, "/") || strings.Contains(name, `\`) || len(name) > 1 && name[1] == ':':
		return "has an absolute path or a backslash"
	case len(name) > 4096:
		return "has a name that is too long"
	}
	for _, element := range strings.Split(name, "/") {
		if element == ".." {
			return "leaves the archive by .."
		}
	}
	return ""
}

func readEntry(entry *zip.File, do func(name string, class []byte)) error {
	damaged := func(err error) error {
		return refuse("Entry %q is damaged: %s.", shorten(entry.Name), strings.TrimPrefix(err.Error(), "zip: "))
	}
	contents, err := entry.Open()
	if err != nil {
		return damaged(err)
	}
	defer func() { _ = contents.Close() }() // nothing to lose: it was read
	limited := io.LimitReader(contents, int64(entry.UncompressedSize64)+1)
	if !strings.HasSuffix(entry.Name, ".class") {
		n, err := io.Copy(io.Discard, limited)
		return sizeIs(entry, n, err, damaged)
	}
	if entry.UncompressedSize64 > maxClassSize {
		return refuse("Class file %q is larger than %d MB.", shorten(entry.Name), maxClassSize>>20)
	}
	class, err := io.ReadAll(limited)
	if err := sizeIs(entry, int64(len(class)), err, damaged); err != nil {
		return err
	}
	do(entry.Name, class)
	return nil
}

func sizeIs(entry *zip.File, n int64, err error, damaged func(error) error) error {
	if err == nil && uint64(n) != entry.UncompressedSize64 {
		err = errors.New("its size is not the stated one")
	}
	if err != nil {
		return damaged(err)
	}
	return nil
}

// shorten keeps a hostile name from filling the message.
func shorten(name string) string {
	if len(name) > 100 {
		return strings.ToValidUTF8(name[:100], "") + "…"
	}
	return name
}
