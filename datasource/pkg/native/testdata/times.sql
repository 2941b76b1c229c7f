SELECT
    arrayJoin(['1970-01-01 00:00:00', '2024-02-29 12:34:56', '2105-12-31 23:59:59'])::DateTime('UTC') AS datetime,
    datetime::DateTime('Asia/Tokyo') AS datetime_tokyo,
    toDate(datetime) AS date, toDate32('1925-06-01') AS date32,
    toDateTime64('1969-12-31 23:59:59.999', 3, 'UTC') AS milliseconds,
    toDateTime64('2024-02-29 12:34:56.123456', 6, 'UTC') AS microseconds,
    toDateTime64('2024-02-29 12:34:56.123456789', 9, 'UTC') AS nanoseconds,
    toDateTime64('1969-12-31 23:59:59', 0, 'UTC') AS seconds64
