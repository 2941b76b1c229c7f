-- Up to when events are complete: the least over partitions of how far each is read, minus the time that 99.9 % of events
-- need from happening to being received (of the last day, at least a minute). No row where nothing was ever read.
CREATE OR REPLACE VIEW completeness AS
WITH (
    SELECT greatest(60, ifNotFinite(quantileTDigestMerge(0.999)(seconds), 60))
    FROM event_lateness
    WHERE hour >= now() - INTERVAL 1 DAY
) AS lateness
SELECT
    min(parts.read_until) - toIntervalMillisecond(toInt64(1000 * lateness)) AS complete_until,
    min(parts.read_until) AS read_until,
    lateness AS lateness_seconds,
    sum(parts.lag) AS lag
FROM intake_partitions AS parts
HAVING count() > 0;
