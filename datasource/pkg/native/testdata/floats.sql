SELECT arrayJoin([0.1, -1.5, nan, inf, -inf, 1e300])::Float64 AS float64, float64::Float32 AS float32, toBFloat16(1.5) AS bfloat16
