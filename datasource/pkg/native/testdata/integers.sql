SELECT
    arrayJoin([-1, 0, 7])::Int8 AS int8, int8::Int16 AS int16, int8::Int32 AS int32, int8::Int64 AS int64,
    int8::UInt8 AS uint8, int8::UInt16 AS uint16, int8::UInt32 AS uint32,
    toUInt64(9007199254740992) AS uint64_exact, int8 > 0 AS bool_as_number, (int8 > 0)::Bool AS bool,
    INTERVAL 3 HOUR AS interval
