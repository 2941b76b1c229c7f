SELECT arrayJoin([1, 2, -128])::Enum8('it''s, (odd) = 1' = 1, 'b' = 2, '' = -128) AS enum8, CAST('x' AS Enum16('x' = -1000, 'y' = 1000)) AS enum16
