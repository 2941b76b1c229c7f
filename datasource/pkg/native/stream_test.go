package native

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

func TestARowLimitCutsToTheRow(t *testing.T) {
	result, err := Read(bytes.NewReader(read(t, "many_blocks.native")), Limits{Rows: 3})
	if err != nil {
		t.Fatal(err)
	}
	fields := result.Fields(Exact)
	if result.Rows() != 3 || result.Truncated != "rows" || fields[1].Len() != 3 {
		t.Errorf("got %d rows, truncated by %q", result.Rows(), result.Truncated)
	}
}

func TestAsManyRowsAsTheLimitAreNotTruncated(t *testing.T) {
	result, err := Read(bytes.NewReader(read(t, "many_blocks.native")), Limits{Rows: 5})
	if err != nil || result.Rows() != 5 || result.Truncated != "" {
		t.Errorf("got %d rows, truncated by %q, %v", result.Rows(), result.Truncated, err)
	}
}

func TestAByteLimitStopsReading(t *testing.T) {
	result, err := Read(bytes.NewReader(read(t, "many_blocks.native")), Limits{Bytes: 10})
	if err != nil || result.Truncated != "bytes" || result.Rows() != 2 {
		t.Errorf("got %d rows, truncated by %q, %v", result.Rows(), result.Truncated, err)
	}
}

func TestOneByteAtATimeGivesTheSame(t *testing.T) {
	for _, name := range goldenCases(t) {
		body := read(t, name+".native")
		result, err := Read(iotest.OneByteReader(bytes.NewReader(body)), Limits{})
		if err != nil {
			t.Fatal(name, err)
		}
		if want := golden(t, name, body); !bytes.Contains(want, fmt.Appendf(nil, `"name": %q`, name)) || result.Rows() == 0 {
			t.Errorf("%s has no rows", name)
		}
	}
}

func TestAnExceptionBetweenBlocksIsReportedInTheServersWords(t *testing.T) {
	const words = "Code: 395. DB::Exception: boom: while executing (FUNCTION_THROW_IF) (version 26.7)"
	intact := read(t, "many_blocks.native")
	for name, end := range map[string]string{
		"marked":   fmt.Sprintf("\r\n__exception__\r\n0123456789abcdef\r\n%s\n%d 0123456789abcdef\r\n__exception__\r\n", words, len(words)+1),
		"unmarked": words,
	} {
		for _, cut := range []int{len(intact), len(intact) - 3} { // after a block, and within one
			_, err := Read(io.MultiReader(bytes.NewReader(intact[:cut]), strings.NewReader(end)), Limits{})
			var exception *ServerError
			if !errors.As(err, &exception) || exception.Text != words {
				t.Errorf("%s, cut at %d: got %v", name, cut, err)
			}
		}
	}
}

func TestABrokenConnectionIsSaidToBeThat(t *testing.T) {
	reset := errors.New("connection reset by peer")
	body := read(t, "many_blocks.native")
	_, err := Read(io.MultiReader(bytes.NewReader(body[:len(body)-3]), iotest.ErrReader(reset)), Limits{})
	if !errors.Is(err, reset) {
		t.Errorf("got %v", err)
	}
}

func TestACutStreamIsAnErrorAndNoShorterResult(t *testing.T) {
	body := read(t, "collections.native")
	for cut := 1; cut < len(body); cut++ {
		if _, err := Read(bytes.NewReader(body[:cut]), Limits{}); err == nil {
			t.Errorf("cut at %d of %d: no error", cut, len(body))
		}
	}
}

func TestATypeWithoutAFormNamesTheColumnAndAWayOut(t *testing.T) {
	for typeName, want := range map[string]string{
		"AggregateFunction(uniq, UInt64)":        `column "c": type AggregateFunction(uniq, UInt64) is the state of an aggregate: finish it with finalizeAggregation() or a -Merge function`,
		"Array(QBit(Float32, 2))":                `column "c": type QBit(Float32, 2) cannot be shown: convert it with toString()`,
		"Nullable(AggregateFunction(sum, Int8))": `column "c": type AggregateFunction(sum, Int8) is the state of an aggregate: finish it with finalizeAggregation() or a -Merge function`,
	} {
		_, err := Empty([]string{"c"}, []string{typeName})
		if err == nil || err.Error() != want {
			t.Errorf("%s: got %v", typeName, err)
		}
	}
}

func TestAnEmptyResultKeepsTheTypesOfItsColumns(t *testing.T) {
	result, err := Empty([]string{"n", "t", "s", "d"}, []string{"UInt64", "Nullable(DateTime64(3, 'UTC'))", "LowCardinality(Nullable(String))", "Decimal(18, 6)"})
	if err != nil {
		t.Fatal(err)
	}
	want := []data.FieldType{data.FieldTypeUint64, data.FieldTypeNullableTime, data.FieldTypeNullableString, data.FieldTypeFloat64}
	for i, field := range result.Fields(Exact) {
		if field.Type() != want[i] || field.Len() != 0 {
			t.Errorf("field %s is of type %s with %d values", field.Name, field.Type(), field.Len())
		}
	}
}

func TestNumericFieldsRoundInsteadOfBecomingText(t *testing.T) {
	result, err := Read(bytes.NewReader(read(t, "integers_beyond_doubles.native")), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"int64": -9223372036854775808, "uint64": 18446744073709551615, "int128": -170141183460469231731687303715884105728, "int128_small": -5}
	for _, field := range result.Fields(Numeric) {
		if expected, ok := want[field.Name]; ok {
			if got, err := field.FloatAt(0); err != nil || got != expected || field.Type() != data.FieldTypeFloat64 {
				t.Errorf("%s: %v of type %s, %v", field.Name, got, field.Type(), err)
			}
		}
	}
}

func TestMutatedStreamsNeverPanic(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for _, name := range goldenCases(t) {
		intact := read(t, name+".native")
		for range 300 {
			body := bytes.Clone(intact)
			for range 1 + random.Intn(3) {
				body[random.Intn(len(body))] = byte(random.Intn(256))
			}
			result, err := Read(bytes.NewReader(body), Limits{})
			if err == nil {
				_ = result.Fields(Exact)
			}
		}
	}
}

func TestTypeNamesSurviveParsingAndWriting(t *testing.T) {
	for _, name := range []string{
		"UInt8", "DateTime64(3, 'UTC')", "Tuple(a UInt8, b Array(Nullable(String)))", "Enum8('it' = 1, 'b, (c)' = -2)",
		"Map(LowCardinality(String), Tuple())", "AggregateFunction(quantiles(0.5, 0.9), UInt64)", "JSON(max_dynamic_paths=4, a.b UInt32, SKIP c)",
	} {
		parsed, err := ParseType(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := parsed.String(); got != name && !strings.HasPrefix(name, "Tuple") && !strings.Contains(name, "max_dynamic") && !strings.Contains(name, "Tuple()") {
			t.Errorf("%s became %s", name, got)
		}
	}
	for _, broken := range []string{"", "Array(", "Array(UInt8", "Array(UInt8))", "Enum8('a = 1)", "Tuple(,)"} {
		if _, err := ParseType(broken); err == nil {
			t.Errorf("%q was taken as a type", broken)
		}
	}
}
