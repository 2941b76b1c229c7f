package query

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/suuupra/analytics/datasource/pkg/macros"
)

var hour = macros.Context{From: time.UnixMilli(1_700_000_000_123), To: time.UnixMilli(1_700_003_600_456), Interval: time.Minute}

func TestTimesAreBoundInTheFormOfTheirType(t *testing.T) {
	for typeName, want := range map[string]string{
		"DateTime64(3, 'UTC')": `"2023-11-14 22:13:20.123"`,
		"DateTime('UTC')":      `"2023-11-14 22:13:20"`,
		"Date":                 `"2023-11-14"`,
		"Int64":                "1700000000123",
		"String":               `"2023-11-14T22:13:20.123Z"`,
	} {
		got, err := Prepare("SELECT {p:X}", map[string]Param{"p": {Type: typeName, Bind: "from"}}, hour)
		if err != nil || string(got.Parameters["p"].Value) != want {
			t.Errorf("%s: got %s, %v", typeName, got.Parameters["p"].Value, err)
		}
	}
}

func TestABoundTimeCanBeOffset(t *testing.T) {
	got, err := Prepare("SELECT {p:DateTime64(3)}", map[string]Param{"p": {Type: "DateTime64(3, 'UTC')", Bind: "to", Offset: 604_800_000}}, hour)
	if err != nil || string(got.Parameters["p"].Value) != `"2023-11-21 23:13:20.456"` {
		t.Errorf("got %s, %v", got.Parameters["p"].Value, err)
	}
}

func TestParametersAndMacrosAreBoundTogether(t *testing.T) {
	got, err := Prepare("SELECT {a:String} WHERE $__timeFilter_ms(ts) LIMIT {n:UInt64}", map[string]Param{
		"a": {Type: "String", Value: json.RawMessage(`"x"`)},
		"n": {Type: "UInt64", Bind: "interval"},
	}, hour)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a": `"x"`, "n": "60000", "__from_ms": "1700000000123", "__to_ms": "1700003600456"} {
		if string(got.Parameters[name].Value) != want {
			t.Errorf("%s is %s", name, got.Parameters[name].Value)
		}
	}
}

func TestAParameterWithoutAValueOrWithAWrongBindingIsNamed(t *testing.T) {
	for want, param := range map[string]Param{
		`parameter "p": it has neither a value nor a binding`:                           {Type: "String"},
		`parameter "p": it is bound to "now"; possible are "from", "to" and "interval"`: {Type: "String", Bind: "now"},
		`parameter "p": a time cannot be bound to the type UUID`:                        {Type: "UUID", Bind: "to"},
	} {
		if _, err := Prepare("SELECT 1", map[string]Param{"p": param}, hour); err == nil || err.Error() != want {
			t.Errorf("got %v, wanted %s", err, want)
		}
	}
}

func TestAQueryWithoutSQLIsNothing(t *testing.T) {
	if q, err := Parse(json.RawMessage(`{"refId": "A", "rawSql": "  "}`)); q != nil || err != nil {
		t.Errorf("got %v, %v", q, err)
	}
	if _, err := Parse(json.RawMessage(`{"params": 1}`)); err == nil {
		t.Error("a broken query was accepted")
	}
}

func TestOnlyStatementsThatReadAreTaken(t *testing.T) {
	for _, sql := range []string{"SELECT 1", " -- INSERT\n((with x as (select 1) select 2))", "/* a */ SHOW TABLES", "explain select 1"} {
		if _, err := Prepare(sql, nil, hour); err != nil {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for _, sql := range []string{"INSERT INTO FUNCTION file('x') SELECT 1", "SET readonly = 0", "-- SELECT\nDROP TABLE x", "`SELECT` 1", "KILL QUERY WHERE 1"} {
		if _, err := Prepare(sql, nil, hour); err == nil {
			t.Errorf("%s was taken", sql)
		}
	}
}
