-- Values of events as the definitions of analyses see them (pipeline/analysis calls these).

-- A key of the JSON column `properties` as each of the JSON types; NULL where it has another type or is missing.
-- Whole numbers are compared as double precision too, as every reader of JSON in a browser has them.
CREATE OR REPLACE FUNCTION suuupra_json_string AS (value) -> dynamicElement(value, 'String');

CREATE OR REPLACE FUNCTION suuupra_json_number AS (value) -> coalesce(
    dynamicElement(value, 'Float64'),
    toFloat64(dynamicElement(value, 'Int64')),
    toFloat64(dynamicElement(value, 'UInt64'))
);

CREATE OR REPLACE FUNCTION suuupra_json_boolean AS (value) -> dynamicElement(value, 'Bool');

-- A number as JSON.stringify writes it: shortest form that reads back, 1e+21 with its sign, no negative zero.
-- Source: ECMA-262, Number::toString. ClickHouse writes the same digits and exponents from the same bounds.
CREATE OR REPLACE FUNCTION suuupra_json_number_text AS (number) -> if(
    number = 0,
    '0',
    replaceRegexpOne(toString(number), 'e(\\d)', 'e+\\1')
);

-- A key as JSON shows it, text without its quotes. NULL where it is missing.
CREATE OR REPLACE FUNCTION suuupra_json_text AS (value) -> coalesce(
    suuupra_json_string(value),
    suuupra_json_number_text(suuupra_json_number(value)),
    toString(suuupra_json_boolean(value))
);

-- A time of the UTC columns of events in ISO 8601, with milliseconds and Z.
CREATE OR REPLACE FUNCTION suuupra_time_text AS (time) -> concat(replaceOne(toString(time), ' ', 'T'), 'Z');
