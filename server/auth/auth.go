// Package auth decides who may speak to the server: a one-time token from the terminal becomes a browser session, a
// bearer token serves scripts, a ticket opens one websocket. It also refuses foreign hosts and origins and sets the
// headers that keep a page from being misused. It knows no routes and must not import the other adapters.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
)

const (
	tokenLife   = 24 * time.Hour
	sessionLife = 7 * 24 * time.Hour
	signedIn    = "signedIn" // key in a session's data
)

// ErrToken says that a one-time token is unknown, used or expired.
var ErrToken = errors.New("the one-time token is unknown, was used before or has expired")

// Tokens keeps hashes of one-time tokens.
type Tokens interface {
	PutToken(ctx context.Context, hash []byte, expires time.Time) error // forgets earlier ones
	UseToken(ctx context.Context, hash []byte, now time.Time) (ok bool, err error)
}

// Options are what New needs.
type Options struct {
	Tokens   Tokens
	Sessions scs.CtxStore
	Listen   string   // address that the server listens on, with its port
	Hosts    []string // more names under which it is reached, with or without a port
	HTTPS    bool     // browsers reach it by https, here or at a proxy
	Bearer   string   // API token with all rights; "" for none
	Logger   *slog.Logger
}

// Auth guards one server. It is safe for concurrent use.
type Auth struct {
	tokens   Tokens
	sessions *scs.SessionManager
	hosts    map[string]bool
	https    bool
	bearer   *[sha256.Size]byte
	cross    *http.CrossOriginProtection
	tickets  tickets
	logger   *slog.Logger
}

// New makes the guard of a server.
func New(options Options) (*Auth, error) {
	host, port, err := net.SplitHostPort(options.Listen)
	if err != nil {
		return nil, fmt.Errorf("read the listen address: %w", err)
	}
	a := &Auth{
		tokens: options.Tokens, sessions: newSessions(options, port), hosts: allowedHosts(host, port, options.Hosts),
		https: options.HTTPS, cross: http.NewCrossOriginProtection(), logger: options.Logger,
	}
	if a.logger == nil {
		a.logger = slog.Default()
	}
	if options.Bearer != "" {
		hash := sha256.Sum256([]byte(options.Bearer))
		a.bearer = &hash
	}
	return a, nil
}

// newSessions does not use scs.New, which starts a goroutine for a store in memory.
func newSessions(options Options, port string) *scs.SessionManager {
	sessions := &scs.SessionManager{
		Lifetime: sessionLife, Store: options.Sessions, Codec: scs.GobCodec{}, HashTokenInStore: true,
		// Cookies do not know ports: two servers on one machine must not overwrite each other's.
		Cookie: scs.SessionCookie{Name: "millrace_" + port, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Persist: true},
	}
	if options.HTTPS {
		sessions.Cookie.Name = "__Host-" + sessions.Cookie.Name
		sessions.Cookie.Secure = true
	}
	return sessions
}

// IssueToken makes the one-time token of this start: 256 random bits in base64url. It works once, for 24 hours, until the
// next one is issued.
func (a *Auth) IssueToken(ctx context.Context) (string, error) {
	token := randomText()
	hash := sha256.Sum256([]byte(token))
	if err := a.tokens.PutToken(ctx, hash[:], time.Now().Add(tokenLife)); err != nil {
		return "", fmt.Errorf("issue a one-time token: %w", err)
	}
	return token, nil
}

// Exchange turns a one-time token into a new session and sets its cookie; the error is ErrToken when it is not valid.
func (a *Auth) Exchange(w http.ResponseWriter, r *http.Request, token string) error {
	hash := sha256.Sum256([]byte(token))
	ok, err := a.tokens.UseToken(r.Context(), hash[:], time.Now())
	if err != nil {
		return err
	}
	if !ok {
		return ErrToken
	}
	ctx, err := a.sessions.Load(r.Context(), "") // always a new session, whatever cookie came
	if err != nil {
		return fmt.Errorf("begin a session: %w", err)
	}
	a.sessions.Put(ctx, signedIn, true)
	session, expires, err := a.sessions.Commit(ctx)
	if err != nil {
		return fmt.Errorf("save a session: %w", err)
	}
	a.sessions.WriteSessionCookie(ctx, w, session, expires)
	return nil
}

// SignedIn tells whether the request carries the cookie of a live session.
func (a *Auth) SignedIn(r *http.Request) (bool, error) {
	cookie, err := r.Cookie(a.sessions.Cookie.Name)
	if err != nil || cookie.Value == "" {
		return false, nil
	}
	ctx, err := a.sessions.Load(r.Context(), cookie.Value)
	if err != nil {
		return false, fmt.Errorf("read the session: %w", err)
	}
	return a.sessions.GetBool(ctx, signedIn), nil
}

// Require lets through only requests with a session, the bearer token or, for a websocket, a ticket; others get 401.
func (a *Auth) Require(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			if !a.isBearer(token) {
				unauthorized(w, "The API token is not the server's MILLRACE_TOKEN.")
				return
			}
			next.ServeHTTP(w, r)
			return
		}
		if isWebsocket(r) && r.URL.Query().Has("ticket") {
			if !a.tickets.use(r.URL.Query().Get("ticket"), time.Now()) {
				unauthorized(w, "The ticket is unknown, was used before or has expired.")
				return
			}
			next.ServeHTTP(w, r)
			return
		}
		ok, err := a.SignedIn(r)
		switch {
		case err != nil:
			a.logger.Error("check a session", "error", err)
			problem(w, http.StatusInternalServerError, "internal", "The session could not be checked.")
		case !ok:
			unauthorized(w, "Open the address that the server printed when it started, or send a bearer token.")
		case isWebsocket(r) && r.Header.Get("Origin") == "":
			problem(w, http.StatusForbidden, "foreign-origin", "A websocket on a cookie needs an Origin header.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// IssueTicket makes a ticket that opens one websocket within 30 seconds.
func (a *Auth) IssueTicket() string { return a.tickets.issue(time.Now()) }

func (a *Auth) isBearer(token string) bool {
	hash := sha256.Sum256([]byte(token))
	return a.bearer != nil && subtle.ConstantTimeCompare(hash[:], a.bearer[:]) == 1
}

// randomText is 256 random bits in base64url.
func randomText() string {
	bits := make([]byte, 32)
	_, _ = rand.Read(bits) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(bits)
}

func unauthorized(w http.ResponseWriter, detail string) {
	w.Header().Set("WWW-Authenticate", "Bearer")
	problem(w, http.StatusUnauthorized, "unauthorized", detail)
}

// problem writes an RFC 9457 answer of the form that the API uses.
func problem(w http.ResponseWriter, status int, code, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": detail, "code": code})
}
