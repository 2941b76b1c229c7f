// Package native reads ClickHouse's Native format, block by block and column by column, into fields of data frames.
//
// A value is never boxed: a block is decoded by ch-go into a typed slice, and that slice is appended to the typed
// slice the field is made of. No value is lost on the way to a browser, whose numbers are doubles: a column that
// holds an integer beyond 2^53, a decimal of more than 15 digits or a time outside the years 1678–2262 becomes text
// (see Exactness). Arrays, tuples, maps, variants and JSON become JSON text.
//
// The stream is what ClickHouse writes at revision 0, that is over HTTP without client_protocol_version.
package native
