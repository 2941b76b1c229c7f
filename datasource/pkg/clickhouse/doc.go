// Package clickhouse asks a ClickHouse server over its HTTP interface.
//
// Every request is read-only, carries its limits and who asked as settings, and binds its parameters in the server.
// When the context ends, the connection is closed and the query is killed. Credentials travel in headers, never in a
// URL, and no error carries them.
package clickhouse
