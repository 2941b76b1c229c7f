SELECT arrayJoin(['1900-01-01', '2299-12-31'])::Date32 AS date32, toDateTime64('2299-12-31 23:59:59.999', 3, 'UTC') AS datetime64
