SELECT
    [1, 2, 3]::Array(UInt8) AS array, [['a'], [], ['b', NULL]] AS nested_array, []::Array(Nothing) AS empty,
    (1, 'x') AS tuple, (1, 'y')::Tuple(a UInt8, `b c` String) AS named, tuple() AS no_elements,
    map('k', 1, 'quote "', 2) AS map, map(1, [toDecimal32(1.5, 2)]) AS map_of_arrays, map(toDate('2024-01-02'), 1) AS map_of_dates,
    [toLowCardinality('l')] AS array_of_low_cardinality, [toUUID('b6a0c1f4-8f2e-5d3a-9c47-2e5d7a1b9c30')] AS uuids,
    [toDateTime64('2024-02-29 12:34:56.123', 3, 'UTC')] AS times, [18446744073709551615] AS large, [nan, 0.5] AS floats, [true] AS bools,
    [('a', 1)]::Nested(k String, v UInt8) AS nested
