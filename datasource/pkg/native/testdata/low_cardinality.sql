SELECT
    number + 0 AS row, toLowCardinality(toString(number % 2)) AS string, (if(number = 1, NULL, 'x'))::LowCardinality(Nullable(String)) AS nullable,
    number::LowCardinality(UInt64) AS uint64, toDate(number)::LowCardinality(Date) AS date, number::LowCardinality(Nullable(Int32)) AS nullable_number
FROM numbers(4) SETTINGS allow_suspicious_low_cardinality_types = 1
