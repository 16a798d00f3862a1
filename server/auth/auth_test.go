package auth

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"millrace/server/store"
)

func guard(t *testing.T, change func(*Options)) *Auth {
	t.Helper()
	s, err := store.Open(t.Context(), t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	options := Options{Tokens: s, Sessions: s.Sessions(), Listen: "127.0.0.1:8642", Bearer: "the bearer token"}
	if change != nil {
		change(&options)
	}
	a, err := New(options)
	require.NoError(t, err)
	return a
}

func request(method, target string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, nil)
	r.Host = "127.0.0.1:8642"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func status(middleware func(http.Handler) http.Handler, r *http.Request) int {
	w := httptest.NewRecorder()
	middleware(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(w, r)
	return w.Code
}

func signIn(t *testing.T, a *Auth) *http.Cookie {
	t.Helper()
	token, err := a.IssueToken(t.Context())
	require.NoError(t, err)
	w := httptest.NewRecorder()
	require.NoError(t, a.Exchange(w, request("GET", "/"), token))
	require.Len(t, w.Result().Cookies(), 1)
	return w.Result().Cookies()[0]
}

func TestTokenBecomesASessionOnce(t *testing.T) {
	a := guard(t, nil)
	token, err := a.IssueToken(t.Context())
	require.NoError(t, err)
	require.Len(t, token, 43, "256 bits")
	w := httptest.NewRecorder()
	require.NoError(t, a.Exchange(w, request("GET", "/"), token))
	cookie := w.Result().Cookies()[0]
	require.ErrorIs(t, a.Exchange(httptest.NewRecorder(), request("GET", "/"), token), ErrToken)
	require.ErrorIs(t, a.Exchange(httptest.NewRecorder(), request("GET", "/"), ""), ErrToken)

	require.Equal(t, "millrace_8642", cookie.Name)
	require.True(t, cookie.HttpOnly)
	require.False(t, cookie.Secure)
	require.Equal(t, http.SameSiteLaxMode, cookie.SameSite)
	require.Equal(t, "/", cookie.Path)
	require.Equal(t, 200, status(a.Require, request("GET", "/", "Cookie", cookie.Name+"="+cookie.Value)))
	require.Equal(t, 401, status(a.Require, request("GET", "/", "Cookie", cookie.Name+"="+cookie.Value+"x")))
	require.Equal(t, 401, status(a.Require, request("GET", "/")))
}

func TestExchangeNeverTakesOverAGivenSession(t *testing.T) {
	a := guard(t, nil)
	token, err := a.IssueToken(t.Context())
	require.NoError(t, err)
	w := httptest.NewRecorder()
	require.NoError(t, a.Exchange(w, request("GET", "/", "Cookie", "millrace_8642=chosen"), token))
	require.NotEqual(t, "chosen", w.Result().Cookies()[0].Value)
	require.Equal(t, 401, status(a.Require, request("GET", "/", "Cookie", "millrace_8642=chosen")))
}

func TestNextStartEndsTheOldToken(t *testing.T) {
	a := guard(t, nil)
	old, err := a.IssueToken(t.Context())
	require.NoError(t, err)
	_, err = a.IssueToken(t.Context())
	require.NoError(t, err)
	require.ErrorIs(t, a.Exchange(httptest.NewRecorder(), request("GET", "/"), old), ErrToken)
}

func TestCookieUnderHTTPS(t *testing.T) {
	cookie := signIn(t, guard(t, func(o *Options) { o.HTTPS = true }))
	require.Equal(t, "__Host-millrace_8642", cookie.Name)
	require.True(t, cookie.Secure)
	require.Empty(t, cookie.Domain)
}

func TestBearer(t *testing.T) {
	a := guard(t, nil)
	require.Equal(t, 200, status(a.Require, request("GET", "/", "Authorization", "Bearer the bearer token")))
	for _, wrong := range []string{"Bearer", "Bearer ", "Bearer the bearer toke", "bearer the bearer token x", "Basic dGhl", "Bearer the bearer token "} {
		require.Equal(t, 401, status(a.Require, request("GET", "/", "Authorization", wrong)), wrong)
	}
	none := guard(t, func(o *Options) { o.Bearer = "" })
	require.Equal(t, 401, status(none.Require, request("GET", "/", "Authorization", "Bearer ")))
}

func TestTicketOpensOneWebsocket(t *testing.T) {
	a := guard(t, nil)
	ticket := a.IssueTicket()
	require.Equal(t, 401, status(a.Require, request("GET", "/?ticket="+ticket)), "only for websockets")
	require.Equal(t, 200, status(a.Require, request("GET", "/?ticket="+ticket, "Upgrade", "websocket")))
	require.Equal(t, 401, status(a.Require, request("GET", "/?ticket="+ticket, "Upgrade", "websocket")))
	require.Equal(t, 401, status(a.Require, request("GET", "/?ticket=", "Upgrade", "websocket")))
}

func TestTicketExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var list tickets
		text := list.issue(time.Now())
		time.Sleep(ticketLife)
		require.False(t, list.use(text, time.Now()))
		require.Empty(t, list.list)
		for range 2 * maxTickets {
			text = list.issue(time.Now())
		}
		require.Len(t, list.list, maxTickets)
		require.True(t, list.use(text, time.Now()))
	})
}

// RELIABILITY S16.
func TestForeignHostsAreMisdirected(t *testing.T) {
	a := guard(t, func(o *Options) { o.Hosts = []string{"flows.example.org", "other.example.org:9000"} })
	for host, want := range map[string]int{
		"127.0.0.1:8642": 200, "localhost:8642": 200, "LOCALHOST:8642": 200, "[::1]:8642": 200,
		"flows.example.org": 200, "flows.example.org:8642": 200, "other.example.org:9000": 200,
		"": 421, "evil.example": 421, "evil.example:8642": 421, "127.0.0.1": 421, "127.0.0.1:80": 421, "localhost.:8642": 421,
		"localhost:8642.evil.example": 421, "127.0.0.1.evil.example:8642": 421, "127.0.0.2:8642": 421, "0.0.0.0:8642": 421, "2130706433:8642": 421,
		"other.example.org": 421, "sub.flows.example.org": 421, "127.0.0.1:8642, evil.example": 421, "user@127.0.0.1:8642": 421,
	} {
		r := request("GET", "/")
		r.Host = host
		require.Equal(t, want, status(a.CheckHost, r), host)
	}
	any := guard(t, func(o *Options) { o.Listen = "0.0.0.0:8642" })
	r := request("GET", "/")
	r.Host = "0.0.0.0:8642"
	require.Equal(t, 421, status(any.CheckHost, r))
	r.Host = "localhost:8642"
	require.Equal(t, 200, status(any.CheckHost, r))
}

var foreignOrigins = []string{
	"null", "http://evil.example", "http://127.0.0.1", "http://127.0.0.1:8643", "https://127.0.0.1:8642", "http://localhost:8642", "http://127.0.0.1:8642.evil.example",
	"http://evil.example:8642", "127.0.0.1:8642", "http://127.0.0.1:8642/", "ws://127.0.0.1:8642", "http://user@127.0.0.1:8642", "file://",
}

// RELIABILITY S11 and S12.
func TestForeignOriginsAreRefused(t *testing.T) {
	a := guard(t, nil)
	cookie := signIn(t, a)
	session := cookie.Name + "=" + cookie.Value
	chain := func(next http.Handler) http.Handler { return a.CheckOrigin(a.Require(next)) }
	for _, origin := range foreignOrigins {
		require.Equal(t, 403, status(chain, request("GET", "/", "Upgrade", "websocket", "Cookie", session, "Origin", origin)), origin)
		for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
			require.Equal(t, 403, status(chain, request(method, "/", "Cookie", session, "Origin", origin)), origin)
			require.Equal(t, 403, status(chain, request(method, "/", "Authorization", "Bearer the bearer token", "Origin", origin)), origin)
		}
	}
	require.Equal(t, 403, status(chain, request("GET", "/", "Upgrade", "websocket", "Cookie", session)), "no origin")
	require.Equal(t, 403, status(chain, request("POST", "/", "Cookie", session, "Sec-Fetch-Site", "cross-site")))
	require.Equal(t, 403, status(chain, request("POST", "/", "Cookie", session, "Sec-Fetch-Site", "same-site")))
	require.Equal(t, 403, status(chain, request("POST", "/", "Cookie", session, "Origin", "http://127.0.0.1:8642", "Origin", "http://evil.example")))

	own := "http://127.0.0.1:8642"
	require.Equal(t, 200, status(chain, request("GET", "/", "Upgrade", "websocket", "Cookie", session, "Origin", own)))
	require.Equal(t, 200, status(chain, request("GET", "/", "Upgrade", "websocket", "Authorization", "Bearer the bearer token")))
	require.Equal(t, 200, status(chain, request("POST", "/", "Cookie", session, "Origin", own, "Sec-Fetch-Site", "same-origin")))
	require.Equal(t, 200, status(chain, request("POST", "/", "Cookie", session)))
}

func TestOriginIsHTTPSBehindAProxy(t *testing.T) {
	a := guard(t, func(o *Options) { o.HTTPS, o.Hosts = true, []string{"flows.example.org"} })
	for origin, want := range map[string]int{"https://flows.example.org": 200, "http://flows.example.org": 403} {
		r := request("POST", "/", "Origin", origin)
		r.Host = "flows.example.org"
		require.Equal(t, want, status(a.CheckOrigin, r), origin)
	}
}

func TestSecurityHeaders(t *testing.T) {
	w := httptest.NewRecorder()
	guard(t, nil).Headers(http.NotFoundHandler()).ServeHTTP(w, request("GET", "/"))
	policy := w.Header().Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		require.Contains(t, strings.Split(policy, "; "), part)
	}
	require.NotContains(t, policy, "unsafe")
	require.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
	require.Equal(t, "no-referrer", w.Header().Get("Referrer-Policy"))
	require.Contains(t, ContentSecurityPolicy("abc"), "style-src 'self' 'nonce-abc';")
	require.NotEqual(t, NewNonce(), NewNonce())
}
