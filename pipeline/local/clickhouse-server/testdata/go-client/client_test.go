// Package goclient drives the server with clickhouse-go over HTTP, as the data source's backend does. The server's
// address is in CLICKHOUSE_ADDR, the compression in CLICKHOUSE_COMPRESSION.
package goclient

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

const heavy = "SELECT max(sipHash64(number)) FROM numbers(100000000000)"

var methods = map[string]clickhouse.CompressionMethod{
	"none": clickhouse.CompressionNone,
	"gzip": clickhouse.CompressionGZIP,
	"br":   clickhouse.CompressionBrotli,
	"lz4":  clickhouse.CompressionLZ4,
	"zstd": clickhouse.CompressionZSTD,
}

func options(t *testing.T, compression string) *clickhouse.Options {
	t.Helper()
	address := os.Getenv("CLICKHOUSE_ADDR")
	if address == "" {
		t.Skip("CLICKHOUSE_ADDR is not set: the test of the server starts this one")
	}
	return &clickhouse.Options{
		Addr:         []string{address},
		Protocol:     clickhouse.HTTP,
		Compression:  &clickhouse.Compression{Method: methods[compression], Level: 3},
		MaxOpenConns: 30,
		MaxIdleConns: 30,
	}
}

func connect(t *testing.T) (driver.Conn, *sql.DB) {
	t.Helper()
	compression := os.Getenv("CLICKHOUSE_COMPRESSION")
	if compression == "" {
		compression = "none"
	}
	conn, err := clickhouse.Open(options(t, compression))
	if err != nil {
		t.Fatal(err)
	}
	db := clickhouse.OpenDB(options(t, compression))
	t.Cleanup(func() {
		_ = conn.Close()
		_ = db.Close()
	})
	return conn, db
}

func TestPing(t *testing.T) {
	conn, db := connect(t)
	if err := conn.Ping(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := db.Ping(); err != nil {
		t.Fatal(err)
	}
	version, err := conn.ServerVersion()
	if err != nil || version.Version.Major < 24 || version.Timezone == nil {
		t.Fatalf("%v %v", version, err)
	}
}

func TestTypes(t *testing.T) {
	conn, _ := connect(t)
	var (
		money     decimal.Decimal
		at        time.Time
		id        uuid.UUID
		missing   *int8
		low, enum string
		list      []uint8
		pairs     map[string]uint8
		document  clickhouse.JSON
		huge      uint64
	)
	row := conn.QueryRow(context.Background(), `SELECT 1234567890123.12::Decimal(18, 2),
		toDateTime64('2024-01-02 03:04:05.678', 3, 'UTC'), '00000000-0000-0000-0000-000000000007'::UUID,
		NULL::Nullable(Int8), 'lc'::LowCardinality(String), 'e'::Enum8('e' = 1), [1, 2]::Array(UInt8),
		map('k', 1)::Map(String, UInt8), '{"a":{"b":[1,2]}}'::JSON, 18446744073709551615::UInt64`)
	if err := row.Scan(&money, &at, &id, &missing, &low, &enum, &list, &pairs, &document, &huge); err != nil {
		t.Fatal(err)
	}
	if money.String() != "1234567890123.12" || at.UnixMilli() != 1704164645678 || id[15] != 7 || missing != nil ||
		low != "lc" || enum != "e" || len(list) != 2 || pairs["k"] != 1 || huge != 1<<64-1 {
		t.Fatal(money, at, id, missing, low, enum, list, pairs, huge)
	}
}

func TestParameters(t *testing.T) {
	conn, db := connect(t)
	ctx := clickhouse.Context(context.Background(), clickhouse.WithParameters(clickhouse.Parameters{
		"i": "-5", "s": "it's", "a": "['x','y']", "t": "numbers_table",
	}))
	if err := conn.Exec(ctx, "CREATE OR REPLACE TABLE {t:Identifier} (a UInt8) ENGINE = Memory"); err != nil {
		t.Fatal(err)
	}
	var (
		i int64
		s string
		a []string
	)
	if err := conn.QueryRow(ctx, "SELECT {i:Int64}, {s:String}, {a:Array(String)}").Scan(&i, &s, &a); err != nil {
		t.Fatal(err)
	}
	if i != -5 || s != "it's" || len(a) != 2 {
		t.Fatal(i, s, a)
	}
	if err := db.QueryRow("SELECT ?", "client's").Scan(&s); err != nil || s != "client's" {
		t.Fatal(s, err)
	}
}

func TestSettingsAndQueryID(t *testing.T) {
	conn, _ := connect(t)
	ctx := clickhouse.Context(context.Background(), clickhouse.WithQueryID("go-query"),
		clickhouse.WithSettings(clickhouse.Settings{"max_block_size": 123}))
	var block uint64
	var id string
	query := "SELECT toUInt64(getSetting('max_block_size')), (SELECT any(query_id) FROM system.processes WHERE query_id = 'go-query')"
	if err := conn.QueryRow(ctx, query).Scan(&block, &id); err != nil {
		t.Fatal(err)
	}
	if block != 123 || id != "go-query" {
		t.Fatal(block, id)
	}
}

func TestBatch(t *testing.T) {
	conn, db := connect(t)
	ctx := context.Background()
	create := `CREATE OR REPLACE TABLE go_batch (a UInt32, s LowCardinality(String), d Decimal(18, 4), t DateTime64(3),
		u UUID, n Nullable(Int8), arr Array(String), m Map(String, UInt8)) ENGINE = MergeTree ORDER BY a`
	if err := conn.Exec(ctx, create); err != nil {
		t.Fatal(err)
	}
	batch, err := conn.PrepareBatch(ctx, "INSERT INTO go_batch")
	if err != nil {
		t.Fatal(err)
	}
	for i := range uint32(100_000) {
		err := batch.Append(i, "s", decimal.NewFromInt(5), time.Now(), uuid.New(), nil, []string{"a", "b"}, map[string]uint8{"k": 1})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := batch.Send(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO go_batch (a, s) VALUES (?, ?)", 1, "x;'y"); err != nil {
		t.Fatal(err)
	}
	transaction, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	statement, err := transaction.Prepare("INSERT INTO go_batch (a, s)")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if _, err := statement.Exec(uint32(i), "q"); err != nil {
			t.Fatal(err)
		}
	}
	if err := transaction.Commit(); err != nil {
		t.Fatal(err)
	}
	var count uint64
	if err := db.QueryRow("SELECT count() FROM go_batch").Scan(&count); err != nil || count != 100_101 {
		t.Fatal(count, err)
	}
}

func TestExternalTable(t *testing.T) {
	conn, _ := connect(t)
	table, err := ext.NewTable("external", ext.Column("a", "UInt8"), ext.Column("b", "String"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range uint8(10) {
		if err := table.Append(i, fmt.Sprint("v", i)); err != nil {
			t.Fatal(err)
		}
	}
	var sum uint64
	ctx := clickhouse.Context(context.Background(), clickhouse.WithExternalTable(table))
	if err := conn.QueryRow(ctx, "SELECT sum(a) FROM external").Scan(&sum); err != nil || sum != 45 {
		t.Fatal(sum, err)
	}
}

func TestErrors(t *testing.T) {
	conn, _ := connect(t)
	ctx := context.Background()
	if err := conn.Exec(ctx, "SELECT * FROM nope"); err == nil || !strings.Contains(err.Error(), "UNKNOWN_TABLE") {
		t.Fatal(err)
	}
	rows, err := conn.Query(ctx, "SELECT number, throwIf(number = 900000) FROM numbers(1000000) SETTINGS max_block_size = 10000")
	if err == nil {
		for rows.Next() {
		}
		err = rows.Err()
	}
	// the engine closes a brotli stream for good, so that only its end tells of the error
	if err == nil || os.Getenv("CLICKHOUSE_COMPRESSION") != "br" && !strings.Contains(err.Error(), "395") {
		t.Fatal(err)
	}
}

func TestCancel(t *testing.T) {
	conn, db := connect(t)
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	if err := conn.Exec(ctx, heavy); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	for range 500 {
		var running uint64
		query := "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64%' AND query NOT LIKE '%processes%'"
		if err := db.QueryRow(query).Scan(&running); err != nil {
			t.Fatal(err)
		}
		if running == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the query still runs")
}

func TestManyAtOnce(t *testing.T) {
	conn, _ := connect(t)
	var all sync.WaitGroup
	failures := make(chan error, 50)
	for i := range 50 {
		all.Go(func() {
			var own uint8
			var most uint64
			query := fmt.Sprintf("SELECT toUInt8(%d), max(sipHash64(number)) FROM numbers(100000)", i)
			err := conn.QueryRow(context.Background(), query).Scan(&own, &most)
			if err == nil && int(own) != i {
				err = fmt.Errorf("asked %d, answered %d", i, own)
			}
			if err != nil {
				failures <- err
			}
		})
	}
	all.Wait()
	close(failures)
	for err := range failures {
		t.Error(err)
	}
}

func TestMillionsOfRows(t *testing.T) {
	conn, _ := connect(t)
	rows, err := conn.Query(context.Background(), "SELECT number, toString(number), now64(3) FROM numbers(2000000)")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for rows.Next() {
		var n uint64
		var s string
		var at time.Time
		if err := rows.Scan(&n, &s, &at); err != nil {
			t.Fatal(err)
		}
		count++
	}
	if rows.Err() != nil || count != 2_000_000 {
		t.Fatal(count, rows.Err())
	}
}

func TestCompressedFramesAreRefused(t *testing.T) {
	for _, method := range []string{"lz4", "zstd"} {
		conn, err := clickhouse.Open(options(t, method))
		if err != nil {
			t.Fatal(err)
		}
		err = conn.Ping(context.Background())
		if err == nil || !strings.Contains(err.Error(), "NOT_IMPLEMENTED") || !strings.Contains(err.Error(), "CompressionGZIP") {
			t.Errorf("%s: %v", method, err)
		}
		_ = conn.Close()
	}
}
