package clickhouse

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Kind says who has to act on an error.
type Kind string

const (
	// KindQuery: whoever wrote the query.
	KindQuery Kind = "query"
	// KindPermission: whoever grants rights in ClickHouse.
	KindPermission Kind = "permission"
	// KindLogin: whoever configured the data source's user and password.
	KindLogin Kind = "login"
	// KindLimit: the query asks for more than it may use.
	KindLimit Kind = "limit"
	// KindTimeout: the query takes longer than it may.
	KindTimeout Kind = "timeout"
	// KindConnection: whoever runs the network or configured the address.
	KindConnection Kind = "connection"
	// KindCancelled: nobody; the asker went away.
	KindCancelled Kind = "cancelled"
	// KindServer: whoever runs ClickHouse.
	KindServer Kind = "server"
)

// Error is anything that ClickHouse, or the way to it, answered in place of a result.
type Error struct {
	Kind Kind
	// Code and Name are ClickHouse's own (62, SYNTAX_ERROR); zero and empty if ClickHouse did not speak.
	Code int
	Name string
	// Message is what went wrong.
	Message string
	// Line and Column are where in the query, from 1; zero if unknown.
	Line, Column int
	// Hint is what to do about it, or empty.
	Hint string
	// Setting is the setting that was refused, or empty.
	Setting string

	cause error
}

func (e *Error) Error() string {
	out := e.Message
	if e.Name != "" {
		out += " [" + e.Name + "]"
	}
	if e.Hint != "" {
		out += ". " + e.Hint
	}
	return out
}

func (e *Error) Unwrap() error { return e.cause }

// Resolving says whether the name of the host was not found.
func (e *Error) Resolving() bool {
	var dns *net.DNSError
	return errors.As(e.cause, &dns)
}

// TLS says whether the two sides did not agree on encryption.
func (e *Error) TLS() bool { return e.cause != nil && isTLS(e.cause) }

// Status is the HTTP status that stands for the kind of the error.
func (e *Error) Status() int {
	switch e.Kind {
	case KindQuery:
		return http.StatusBadRequest
	case KindPermission:
		return http.StatusForbidden
	case KindLogin:
		return http.StatusUnauthorized
	case KindLimit:
		return http.StatusUnprocessableEntity
	case KindTimeout:
		return http.StatusGatewayTimeout
	case KindCancelled:
		return 499
	default:
		return http.StatusBadGateway
	}
}

var (
	exceptionPattern = regexp.MustCompile(`(?s)^Code: (\d+)\. DB::(?:NetException|Exception)+: (?:Code: \d+\. DB::Exception: )?(.*?)\.? ?(?:\(([A-Z][A-Z0-9_]+)\))?(?: \(version [^)]*(?:\([^)]*\))?\))?\s*$`)
	positionPattern  = regexp.MustCompile(`\(line (\d+), col (\d+)\)`)
	settingPattern   = regexp.MustCompile(`(?:Cannot modify|[Uu]nknown setting|Setting) '?([a-z_0-9]+)'?`)
)

// parseException reads an exception in ClickHouse's words.
func parseException(text string) *Error {
	text = strings.TrimSpace(text)
	match := exceptionPattern.FindStringSubmatch(text)
	if match == nil {
		return &Error{Kind: KindServer, Message: short(text)}
	}
	code, _ := strconv.Atoi(match[1])
	e := &Error{Code: code, Message: short(match[2]), Name: match[3], Kind: kindOf(code), Hint: hints[code]}
	if at := positionPattern.FindStringSubmatch(match[2]); at != nil {
		e.Line, _ = strconv.Atoi(at[1])
		e.Column, _ = strconv.Atoi(at[2])
	}
	if code == codeReadonly || code == codeUnknownSetting || code == codeSettingConstraint {
		if name := settingPattern.FindStringSubmatch(match[2]); name != nil {
			e.Setting = name[1]
		}
	}
	return e
}

// short keeps a message readable: ClickHouse repeats whole queries in some.
func short(text string) string {
	const limit = 2000
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}

const (
	codeUnknownSetting    = 115
	codeReadonly          = 164
	codeSettingConstraint = 452
)

// Codes by who has to act. What is in none of these is the server's own fault.
var kinds = map[Kind][]int{
	KindQuery: {6, 10, 15, 16, 20, 26, 27, 34, 35, 36, 38, 41, 42, 43, 44, 46, 47, 48, 50, 53, 57, 60, 62, 63, 69, 70, 72, 73, 80, 81, 89, 115,
		117, 125, 127, 130, 131, 135, 153, 169, 170, 179, 184, 190, 207, 215, 223, 258, 349, 352, 386, 395, 403, 407, 427, 456, 457, 469, 472, 636},
	KindPermission: {codeReadonly, 291, 392, codeSettingConstraint, 497},
	KindLogin:      {192, 193, 194, 195, 516},
	KindLimit:      {158, 161, 162, 167, 168, 191, 201, 202, 241, 307, 396, 731},
	KindTimeout:    {159, 160},
	KindCancelled:  {394},
}

func kindOf(code int) Kind {
	for kind, codes := range kinds {
		for _, c := range codes {
			if c == code {
				return kind
			}
		}
	}
	return KindServer
}

// What to do about the errors that people meet most.
var hints = map[int]string{
	47:  "Check the name of the column; names are case-sensitive",
	60:  "Check the name of the table and of its database",
	81:  "Check the name of the database, and the default database of the data source",
	159: "Narrow the time range or the filters, or raise the time limit of the data source",
	241: "Narrow the time range or the filters: the query needs more memory than it may use",
	456: "Give the parameter a value",
	497: "Ask for the grant that the message names",
	516: "Check user and password of the data source",
	202: "Wait for other queries to end, or lower the number of connections of the data source",
}

// requestError describes why no answer came. It leaves out the URL, which carries values of parameters.
func requestError(ctx context.Context, err error) *Error {
	var urlError *url.Error
	if errors.As(err, &urlError) {
		err = urlError.Err
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &Error{Kind: KindTimeout, Message: "The query took longer than the time limit", Hint: hints[159], cause: err}
	}
	if errors.Is(err, context.Canceled) || ctx.Err() != nil {
		return &Error{Kind: KindCancelled, Message: "The query was cancelled", cause: err}
	}
	if dns := (*net.DNSError)(nil); errors.As(err, &dns) {
		return &Error{Kind: KindConnection, Message: fmt.Sprintf("The host %q cannot be resolved", dns.Name), Hint: "Check the URL of the data source", cause: err}
	}
	if isTLS(err) {
		return &Error{Kind: KindConnection, Message: "TLS failed: " + err.Error(), Hint: "Check the certificates and the TLS settings of the data source", cause: err}
	}
	return &Error{Kind: KindConnection, Message: "ClickHouse does not answer: " + err.Error(), Hint: "Check the URL of the data source, and that ClickHouse runs", cause: err}
}

func isTLS(err error) bool {
	var (
		record      tls.RecordHeaderError
		verify      *tls.CertificateVerificationError
		authority   x509.UnknownAuthorityError
		hostname    x509.HostnameError
		invalid     x509.CertificateInvalidError
		alert       tls.AlertError
		needsClient = "certificate required"
	)
	return errors.As(err, &record) || errors.As(err, &verify) || errors.As(err, &authority) || errors.As(err, &hostname) ||
		errors.As(err, &invalid) || errors.As(err, &alert) || strings.Contains(err.Error(), needsClient) ||
		strings.Contains(err.Error(), "server gave HTTP response to HTTPS client")
}
