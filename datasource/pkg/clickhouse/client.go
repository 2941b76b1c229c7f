package clickhouse

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"

	"github.com/suuupra/analytics/datasource/pkg/native"
)

// Options describe a server and what every request to it carries.
type Options struct {
	// URL is the address of the HTTP interface, with a path if there is one.
	URL string
	// User, Password and Database may be empty.
	User, Password, Database string
	// Settings of ClickHouse that every query gets.
	Settings map[string]string
	// Compression of answers: "", "gzip" or "zstd".
	Compression string
	// UserAgent is shown in ClickHouse's query log.
	UserAgent string
}

// Client asks one server. It is safe for concurrent use.
type Client struct {
	options Options
	http    *http.Client
	base    *url.URL
	// refused are settings of ours that this server or user does not allow; see settings.go.
	refused sync.Map
}

// Query is one question.
type Query struct {
	SQL        string
	Parameters map[string]Parameter
	// Settings of ClickHouse for this query. They win over those of the client.
	Settings map[string]string
	// Comment goes to the query log (log_comment).
	Comment string
	// Headers are sent along, such as the identity of the user who asks.
	Headers http.Header
	// Timeout is how long ClickHouse may work on it; 0 means no limit.
	Timeout time.Duration
	Limits  native.Limits
	// Analysis says that the SQL was compiled from a definition, which wants settings of its own.
	Analysis bool
}

// Answer is a decoded result and what it cost.
type Answer struct {
	*native.Result
	QueryID  string
	Progress Progress
	Elapsed  time.Duration
}

// New makes a client that sends its requests by the given HTTP client.
func New(options Options, client *http.Client) (*Client, error) {
	base, err := url.Parse(strings.TrimSpace(options.URL))
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, fmt.Errorf("the URL must be like http://clickhouse:8123, got %q", redact(options.URL))
	}
	if base.User != nil {
		return nil, errors.New("the URL must not carry a user or password: they have their own fields")
	}
	if base.Path == "" {
		base.Path = "/"
	}
	return &Client{options: options, http: client, base: base}, nil
}

// URL is the address of the server.
func (c *Client) URL() *url.URL { return c.base }

// Ask runs a query and decodes its whole result, up to the limits.
func (c *Client) Ask(ctx context.Context, q Query) (*Answer, error) {
	started := time.Now()
	if q.Timeout > 0 {
		var cancel context.CancelFunc
		// ClickHouse ends the query by itself; what comes later than that is a broken connection.
		ctx, cancel = context.WithTimeout(ctx, q.Timeout+graceAfterTimeout)
		defer cancel()
	}
	for dropped := map[string]bool{}; ; {
		answer, err := c.once(ctx, q)
		if err == nil {
			answer.Elapsed = time.Since(started)
			return answer, nil
		}
		if !c.refuse(q, err, dropped) {
			return nil, err
		}
	}
}

const graceAfterTimeout = 5 * time.Second

func (c *Client) once(ctx context.Context, q Query) (*Answer, error) {
	id := uuid.NewString()
	response, err := c.send(ctx, id, q)
	if err != nil {
		return nil, c.failed(ctx, id, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := decompressed(response)
	if err != nil {
		return nil, &Error{Kind: KindConnection, Message: "The answer is not compressed as it says: " + err.Error(), cause: err}
	}
	defer func() { _ = body.Close() }()
	if response.StatusCode != http.StatusOK || response.Header.Get("X-ClickHouse-Exception-Code") != "" {
		return nil, failure(response, body)
	}
	if format := response.Header.Get("X-ClickHouse-Format"); format != "" && format != "Native" {
		return nil, &Error{Kind: KindQuery, Message: fmt.Sprintf("The query asks for the format %s", format), Hint: "Leave the FORMAT clause out"}
	}
	result, err := native.Read(body, q.Limits)
	if err != nil {
		return nil, c.failed(ctx, id, err)
	}
	if result.Truncated != "" { // leave no query running that nobody reads
		c.kill(id)
	}
	return &Answer{Result: result, QueryID: id, Progress: progressOf(response)}, nil
}

// failed turns an error of the way to the server, or within a result, into one that says who must act.
func (c *Client) failed(ctx context.Context, id string, err error) error {
	var exception *native.ServerError
	if errors.As(err, &exception) {
		return parseException(exception.Text)
	}
	var unsupported *native.UnsupportedType
	if errors.As(err, &unsupported) {
		c.kill(id)
		return &Error{Kind: KindQuery, Message: err.Error(), cause: err}
	}
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	if ctx.Err() != nil {
		c.kill(id)
	}
	return requestError(ctx, err)
}

// send posts a query. Parameters that would make a long URL go into a form instead, which has no limit.
func (c *Client) send(ctx context.Context, id string, q Query) (*http.Response, error) {
	parameters, err := encodeParameters(q.Parameters)
	if err != nil {
		return nil, err
	}
	values := c.settings(q)
	values.Set("query_id", id)
	values.Set("default_format", "Native")
	if c.options.Database != "" {
		values.Set("database", c.options.Database)
	}
	body, contentType := io.Reader(strings.NewReader(q.SQL)), "text/plain; charset=utf-8"
	if parameterBytes(parameters) > maxURLParameters {
		if body, contentType, err = form(q.SQL, parameters); err != nil {
			return nil, err
		}
	} else {
		for name, value := range parameters {
			values.Set("param_"+name, value)
		}
	}
	target := *c.base
	target.RawQuery = values.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target.String(), body)
	if err != nil {
		return nil, err
	}
	for name, value := range q.Headers {
		request.Header[name] = value
	}
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("User-Agent", c.options.UserAgent)
	if request.Header.Get("Authorization") == "" {
		c.authorize(request)
	}
	if c.options.Compression != "" {
		request.Header.Set("Accept-Encoding", c.options.Compression)
	}
	return c.http.Do(request)
}

func (c *Client) authorize(request *http.Request) {
	if c.options.User != "" {
		request.Header.Set("X-ClickHouse-User", c.options.User)
	}
	if c.options.Password != "" {
		request.Header.Set("X-ClickHouse-Key", c.options.Password)
	}
}

// maxURLParameters keeps the URL below what servers and proxies commonly take.
const maxURLParameters = 4000

func parameterBytes(parameters map[string]string) (total int) {
	for name, value := range parameters {
		total += len(name) + 3*len(value)
	}
	return total
}

func encodeParameters(parameters map[string]Parameter) (map[string]string, error) {
	out := make(map[string]string, len(parameters))
	for name, parameter := range parameters {
		value, err := parameter.encode()
		if err != nil {
			return nil, &Error{Kind: KindQuery, Message: fmt.Sprintf("Parameter %q of type %s: %s", name, parameter.Type, err), cause: err}
		}
		out[name] = value
	}
	return out, nil
}

func form(sql string, parameters map[string]string) (io.Reader, string, error) {
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	if err := writer.WriteField("query", sql); err != nil {
		return nil, "", err
	}
	for name, value := range parameters {
		if err := writer.WriteField("param_"+name, value); err != nil {
			return nil, "", err
		}
	}
	return &body, writer.FormDataContentType(), writer.Close()
}

func decompressed(response *http.Response) (io.ReadCloser, error) {
	switch encoding := response.Header.Get("Content-Encoding"); encoding {
	case "", "identity":
		return io.NopCloser(response.Body), nil
	case "gzip":
		return gzip.NewReader(response.Body)
	case "zstd":
		reader, err := zstd.NewReader(response.Body, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		return reader.IOReadCloser(), nil
	default:
		return nil, fmt.Errorf("unknown Content-Encoding %q", encoding)
	}
}

// failure reads an answer that is an error: ClickHouse's, or that of something in between.
func failure(response *http.Response, body io.Reader) *Error {
	const limit = 64 << 10
	text, _ := io.ReadAll(io.LimitReader(body, limit))
	e := parseException(string(text))
	if e.Code != 0 {
		return e
	}
	e.Message = fmt.Sprintf("The server answered %s: %s", response.Status, strings.TrimSpace(short(string(text))))
	switch {
	case response.StatusCode == http.StatusUnauthorized:
		e.Kind, e.Hint = KindLogin, hints[516]
	case response.StatusCode == http.StatusForbidden:
		e.Kind = KindPermission
	case response.Header.Get("X-ClickHouse-Query-Id") == "" && response.Header.Get("X-ClickHouse-Server-Display-Name") == "":
		e.Kind, e.Hint = KindConnection, "This does not look like ClickHouse: check the URL of the data source"
	}
	return e
}

// kill ends a query whose answer nobody waits for any more. Closing the connection does the same where the server
// notices; this is for servers behind a proxy and for users who may not change the setting that asks for it.
func (c *Client) kill(id string) {
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), killTimeout)
		defer cancel()
		values := url.Values{"param_id": {id}}
		target := *c.base
		target.RawQuery = values.Encode()
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, target.String(), strings.NewReader("KILL QUERY WHERE query_id = {id:String} ASYNC"))
		if err != nil {
			return
		}
		c.authorize(request)
		request.Header.Set("User-Agent", c.options.UserAgent)
		if response, err := c.http.Do(request); err == nil {
			_, _ = io.CopyN(io.Discard, response.Body, 4<<10)
			_ = response.Body.Close()
		}
	}()
}

const killTimeout = 5 * time.Second

func redact(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return "(not a URL)"
	}
	if parsed.User != nil {
		parsed.User = url.User("…")
	}
	return parsed.String()
}

// seconds writes a duration as ClickHouse takes it, rounded up so that it never becomes "no limit".
func seconds(d time.Duration) string {
	return strconv.FormatInt(max(1, int64((d+time.Second-1)/time.Second)), 10)
}
