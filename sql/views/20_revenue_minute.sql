-- Money per minute and currency, added exactly. Refunds are the negative amounts, as a positive sum, on their own minute.
CREATE OR REPLACE VIEW revenue_minute AS
SELECT
    toStartOfMinute(purchases.timestamp, 'UTC') AS minute,
    currency,
    sum(greatest(money, toDecimal128(0, 6))) AS gross,
    -sum(least(money, toDecimal128(0, 6))) AS refunds,
    sum(money) AS net,
    uniqExactIf(order_id, money >= 0) AS orders,
    uniqExactIf(user_id, money >= 0) AS buyers
FROM
(
    SELECT
        events.timestamp AS timestamp,
        currency,
        order_id,
        user_id,
        -- An amount that does not fit its column (more than 6 places) stays in `properties`.
        coalesce(
            toDecimal128(amount, 6),
            toDecimal128OrNull(toString(suuupra_json_number(properties.amount)), 6)
        ) AS money
    FROM events FINAL
    WHERE event_type = 'purchase'
) AS purchases
WHERE money IS NOT NULL
GROUP BY minute, currency;
