package policy

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// maxURL is what every browser and mail program still takes.
const maxURL = 2048

// NormalWebsite gives a web address with its scheme (https when none was
// typed), its host in lower case and its rest escaped, so that it is safe in a
// terminal's link. Other schemes and passwords in the address are refused.
func NormalWebsite(raw string) (string, error) {
	s := strings.TrimSpace(raw)
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	switch {
	case err != nil, len(s) > maxURL, strings.ContainsAny(s, " <>\""):
		return "", Errorf(Invalid, "This is not a web address; type it as in www.example.nl.").On("website")
	case u.Scheme != "http" && u.Scheme != "https":
		return "", Errorf(Invalid, "A website begins with http:// or https://; remove the other beginning.").On("website")
	case u.User != nil:
		return "", Errorf(Invalid, "A web address may not hold a name or password before an @; remove that part.").On("website")
	case !isDomain(strings.ToLower(u.Hostname())) || !isPort(u.Port()):
		return "", Errorf(Invalid, "A web address has a domain, as in www.example.nl; check its spelling.").On("website")
	}
	return u.Scheme + "://" + siteHost(u) + sitePath(u), nil
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return s == "" || err == nil && n > 0
}

// siteHost leaves out a port that the scheme implies.
func siteHost(u *url.URL) string {
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		return host
	}
	return host + ":" + port
}

func sitePath(u *url.URL) string {
	s := u.EscapedPath()
	if u.RawQuery != "" {
		s += "?" + escapeBytes(u.RawQuery)
	}
	if u.Fragment != "" {
		s += "#" + u.EscapedFragment()
	}
	if s == "/" {
		return ""
	}
	return s
}

// escapeBytes does to a query what EscapedPath does to a path; url.Parse takes
// a query as it comes, invisible runes included.
func escapeBytes(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
