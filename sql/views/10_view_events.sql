-- One row per view of a content, with how long it was watched: the greatest `watch_time_seconds` that the view itself or
-- its progress reports. A `video_progress` belongs to the latest `content_view` of the same user, session and content at
-- or before it; of several in one millisecond, to that with the greatest id. Progress without a view is no row.
--
-- A view and not a table, because progress comes after its view, late and out of order, and may move from one view to
-- another when a view arrives late. The columns are a contract; content without an id is the nil UUID.
CREATE OR REPLACE VIEW view_events AS
SELECT
    views.user_id AS user_id,
    suuupra_content_uuid(views.content_id) AS content_id,
    views.viewed_at AS timestamp,
    toUInt32(least(greatest(floor(ifNull(views.watched, 0)), 0), 4294967295)) AS watch_time_seconds
FROM
(
    SELECT
        user_id,
        session_id,
        content_id,
        view_number,
        minIf(event_time, is_view) AS viewed_at,
        max(watch_time_seconds) AS watched
    FROM
    (
        SELECT
            user_id,
            session_id,
            content_id,
            events.timestamp AS event_time,
            watch_time_seconds,
            event_type = 'content_view' AS is_view,
            countIf(event_type = 'content_view') OVER (
                PARTITION BY user_id, session_id, content_id
                ORDER BY events.timestamp, event_type = 'video_progress', UUIDToNum(event_id)
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS view_number
        FROM events FINAL
        WHERE event_type IN ('content_view', 'video_progress')
    )
    WHERE view_number > 0
    GROUP BY user_id, session_id, content_id, view_number
) AS views;
