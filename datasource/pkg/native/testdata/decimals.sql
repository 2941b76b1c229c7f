SELECT
    arrayJoin(['-0.05', '12.34', '99999.99'])::Decimal32(2) AS decimal32,
    decimal32::Decimal(18, 6) AS decimal64, decimal32::Decimal(38, 10) AS decimal128, decimal32::Decimal(76, 20) AS decimal256,
    toDecimal64('123456789012.345678', 6) AS decimal64_long, toDecimal128('-12345678901234567890.12', 2) AS decimal128_long,
    toDecimal64('0.000001', 6) AS decimal64_small, toDecimal32(7, 0) AS decimal_whole
