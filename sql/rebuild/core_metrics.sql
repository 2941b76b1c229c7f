-- The same numbers as the Flink job core_metrics, from all events of [from, to): late ones and imported ones too. They
-- replace what is there. A minute that the job has not written yet is written again by it.
INSERT INTO real_time_metrics (timestamp, metric_name, metric_value, dimensions)
WITH minutes AS
(
    SELECT
        toStartOfMinute(timestamp) AS minute,
        event_type,
        grouping(event_type) = 1 AS over_all_types,
        count() AS events,
        countIf(event_type = 'page_view') AS page_views,
        countIf(event_type = 'content_view') AS content_views,
        uniqExact(user_id) AS users
    FROM unique_events
    WHERE timestamp >= {from:DateTime64(3, 'UTC')} AND timestamp < {to:DateTime64(3, 'UTC')}
    GROUP BY GROUPING SETS ((minute, event_type), (minute))
)
SELECT
    minute AS timestamp,
    metric.1 AS metric_name,
    toFloat64(metric.2) AS metric_value,
    metric.3 AS dimensions
FROM minutes
ARRAY JOIN if(
    over_all_types,
    [
        ('page_views_per_minute', page_views, map()),
        ('content_views_per_minute', content_views, map()),
        ('active_users_per_minute', users, map())
    ],
    [('events_per_minute', events, map('event_type', toString(event_type)))]
) AS metric;
