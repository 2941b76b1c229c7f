-- Definitions of analyses that users keep; those of the repository are files in definitions/. The newest row of a name
-- holds; one that is deleted says so.
CREATE TABLE IF NOT EXISTS saved_definitions
(
    name String,
    definition String COMMENT 'JSON as it was saved',
    saved_by LowCardinality(String) COMMENT 'name of the token',
    saved_at DateTime64(3, 'UTC') DEFAULT now64(3),
    deleted UInt8 DEFAULT 0
)
ENGINE = ReplacingMergeTree(saved_at)
ORDER BY name;

-- What happened outside the events and explains them: a deploy, the start, stop or outcome of an experiment, a note.
CREATE TABLE IF NOT EXISTS annotations
(
    id UUID,
    kind LowCardinality(String) COMMENT 'deploy, experiment_start, experiment_stop, decision or note',
    time DateTime64(3, 'UTC'),
    time_end Nullable(DateTime64(3, 'UTC')),
    text String,
    experiment LowCardinality(String) COMMENT 'empty where it is about none',
    created_by LowCardinality(String) COMMENT 'name of the token',
    created_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree(created_at)
ORDER BY (time, id);
