package auth

import (
	"net"
	"net/http"
	"strings"
)

// allowedHosts are the Host headers that the server answers to: its address, the names of this machine's loopback and
// the given names, each with the port; names without a port also bare, as a proxy or a standard port makes them.
func allowedHosts(host, port string, names []string) map[string]bool {
	allowed := map[string]bool{}
	add := func(name string) {
		allowed[strings.ToLower(net.JoinHostPort(name, port))] = true
		if port == "80" || port == "443" {
			allowed[strings.ToLower(bracketed(name))] = true
		}
	}
	for _, loopback := range []string{"127.0.0.1", "localhost", "::1"} {
		add(loopback)
	}
	if ip := net.ParseIP(host); host != "" && (ip == nil || !ip.IsUnspecified()) {
		add(host)
	}
	for _, name := range names {
		if _, _, err := net.SplitHostPort(name); err == nil {
			allowed[strings.ToLower(name)] = true
			continue
		}
		name = strings.Trim(name, "[]")
		add(name)
		allowed[strings.ToLower(bracketed(name))] = true
	}
	return allowed
}

func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// CheckHost answers 421 to requests for a host that is not this server: a foreign name that resolves to a loopback
// address (DNS rebinding) would otherwise make a foreign page ours.
func (a *Auth) CheckHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.hosts[strings.ToLower(r.Host)] {
			problem(w, http.StatusMisdirectedRequest, "foreign-host", "This server does not answer to the host name in the request; start it with --host to add one.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// CheckOrigin answers 403 to unsafe requests and websockets that another origin's page sent.
func (a *Auth) CheckOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if (!isSafe(r.Method) || isWebsocket(r)) && !a.SameOrigin(r) || a.cross.Check(r) != nil {
			problem(w, http.StatusForbidden, "foreign-origin", "The request comes from a page of another origin.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// SameOrigin tells whether the request's Origin is the server's own, scheme and port included, or absent.
func (a *Auth) SameOrigin(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		site := r.Header.Get("Sec-Fetch-Site")
		return site == "" || site == "same-origin" || site == "none"
	}
	scheme := "http://"
	if a.https || r.TLS != nil {
		scheme = "https://"
	}
	return len(origins) == 1 && strings.EqualFold(origins[0], scheme+r.Host)
}

func isSafe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

func isWebsocket(r *http.Request) bool {
	for _, line := range r.Header.Values("Upgrade") {
		for name := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(strings.TrimSpace(name), "websocket") {
				return true
			}
		}
	}
	return false
}

// ContentSecurityPolicy is the page's policy. Inline style needs the nonce, which is new in each response; "" allows none.
func ContentSecurityPolicy(nonce string) string {
	style := "'self'"
	if nonce != "" {
		style += " 'nonce-" + nonce + "'"
	}
	return "default-src 'self'; script-src 'self'; style-src " + style + "; img-src 'self' data:; connect-src 'self'; object-src 'none'; " +
		"frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
}

// NewNonce makes the nonce of one response.
func NewNonce() string { return randomText() }

// Headers sets the security headers that all answers share. No referrer is sent: the first address holds a token.
func (a *Auth) Headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", ContentSecurityPolicy(""))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if a.https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
