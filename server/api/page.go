package api

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/go-chi/chi/v5"

	"millrace/server/auth"
)

// page serves the built page: index.html at the addresses that the page itself knows, and its files.
type page struct {
	*server
	index []byte
	files map[string]file // by path without the leading slash
}

// file is a file of the page, packed when that makes it smaller.
type file struct {
	kind     string // content type
	plain    []byte
	packed   []byte // gzip; nil when it does not pay
	constant bool   // its name changes with its contents
}

const noncePlace = "__CSP_NONCE__"

func newPage(s *server) *page {
	p := &page{server: s, files: map[string]file{}}
	if s.Page == nil {
		return p
	}
	err := fs.WalkDir(s.Page, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		contents, err := fs.ReadFile(s.Page, name)
		if name == "index.html" {
			p.index = contents
		} else {
			p.files[name] = newFile(name, contents)
		}
		return err
	})
	if err != nil {
		panic("api: the page is embedded: " + err.Error())
	}
	return p
}

func newFile(name string, contents []byte) file {
	f := file{kind: mime.TypeByExtension(path.Ext(name)), plain: contents, constant: strings.HasPrefix(name, "assets/")}
	if f.kind == "" {
		f.kind = "application/octet-stream"
	}
	var packed bytes.Buffer
	packer, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // a known level
	_, _ = packer.Write(contents)                                   // into memory
	_ = packer.Close()
	if packed.Len() < len(contents)*9/10 {
		f.packed = packed.Bytes()
	}
	return f
}

func (p *page) routes(mux *chi.Mux) {
	mux.Get("/", p.home)
	mux.Head("/", p.serveIndex)
	for _, pattern := range []string{"/pipelines", "/pipelines/*", "/jobs", "/jobs/*", "/functions", "/functions/*"} {
		mux.Get(pattern, p.serveIndex)
		mux.Head(pattern, p.serveIndex)
	}
	for name, f := range p.files {
		mux.Get("/"+name, f.serve)
		mux.Head("/"+name, f.serve)
	}
}

// home exchanges a one-time token in the address for a session and goes on to the address without it.
func (p *page) home(w http.ResponseWriter, r *http.Request) {
	if !r.URL.Query().Has("token") {
		p.serveIndex(w, r)
		return
	}
	err := p.Auth.Exchange(w, r, r.URL.Query().Get("token"))
	if errors.Is(err, auth.ErrToken) {
		// The address in the terminal is opened again: whoever has a session may go on.
		if signedIn, checkErr := p.Auth.SignedIn(r); signedIn && checkErr == nil {
			err = nil
		}
	}
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case errors.Is(err, auth.ErrToken):
		p.say(w, http.StatusUnauthorized, "This address was used before or has expired. Restart the server and open the new address that it prints.")
	case err != nil:
		p.Logger.Error("exchange a one-time token", "request", requestID(r.Context()), "error", err)
		p.say(w, http.StatusInternalServerError, "The server could not begin a session. Its log says more.")
	default:
		http.Redirect(w, r, "/", http.StatusSeeOther)
	}
}

func (p *page) serveIndex(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if p.index == nil {
		p.say(w, http.StatusOK, "The server runs, but this build has no page in it. Build it with: make build")
		return
	}
	nonce := auth.NewNonce()
	w.Header().Set("Content-Security-Policy", auth.ContentSecurityPolicy(nonce))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(bytes.ReplaceAll(p.index, []byte(noncePlace), []byte(nonce)))
}

// say answers a person with a sentence.
func (p *page) say(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(sentence + "\n"))
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if f.constant {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	contents := f.plain
	if f.packed != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		contents = f.packed
	}
	_, _ = w.Write(contents)
}

func acceptsGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if name == "gzip" && strings.ReplaceAll(weight, " ", "") != "q=0" {
			return true
		}
	}
	return false
}
