-- Where a job puts the events that came too late for it, for people and for the rebuild of the minutes they belong to.

CREATE TEMPORARY TABLE events_late (
  event_id STRING NOT NULL,
  event_type STRING NOT NULL,
  user_id STRING NOT NULL,
  `timestamp` TIMESTAMP(3) NOT NULL,
  job STRING NOT NULL,
  `watermark` TIMESTAMP(3) NOT NULL
) WITH (
  'connector' = 'kafka',
  'topic' = {{topic:events_late}},
  'properties.bootstrap.servers' = {{kafka_brokers}},
  'format' = 'avro-confluent',
  'avro-confluent.url' = {{registry_url}},
  'avro-confluent.subject' = {{subject:events_late}},
  'avro-confluent.schema' = {{schema:events_late}},
  'sink.delivery-guarantee' = 'exactly-once',
  'sink.transactional-id-prefix' = {{transactions:events_late}},
  'properties.transaction.timeout.ms' = '600000'
);
