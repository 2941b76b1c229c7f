SELECT
    multiIf(number = 0, 1::Variant(UInt64, String, Array(UInt8)), number = 1, 'text'::Variant(UInt64, String, Array(UInt8)), number = 2, [1, 2]::Array(UInt8)::Variant(UInt64, String, Array(UInt8)), NULL) AS variant,
    multiIf(number = 0, 1::Dynamic, number = 1, 'text'::Dynamic, number = 2, toDate('2024-01-02')::Dynamic, NULL) AS dynamic,
    [dynamic] AS dynamics
FROM numbers(4)
