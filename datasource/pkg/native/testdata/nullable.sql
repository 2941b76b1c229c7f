SELECT
    number AS n, if(n = 1, NULL, n) AS uint64, if(n = 1, NULL, toString(n)) AS string, if(n = 1, NULL, toDateTime(n, 'UTC')) AS datetime,
    if(n = 1, NULL, toDecimal64(n, 2)) AS decimal, if(n = 1, NULL, toUUID('b6a0c1f4-8f2e-5d3a-9c47-2e5d7a1b9c30')) AS uuid, if(n = 1, NULL, n = 2)::Nullable(Bool) AS bool,
    if(n = 1, NULL, toInt128('170141183460469231731687303715884105727')) AS int128, if(n = 1, 18446744073709551615, NULL) AS beyond, NULL AS nothing
FROM numbers(3)
