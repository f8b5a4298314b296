-- Flink SQL over the topic calls without an envelope. The newest record of each call counts, unless it is superseded.
CREATE TEMPORARY TABLE calls (
  `call_key` STRING,
  `callId` STRING,
  `accountId` STRING,
  `revision` BIGINT,
  `epoch` BIGINT,
  `status` STRING,
  `type` STRING,
  `direction` STRING,
  `internal` BOOLEAN,
  `action` STRING,
  `result` STRING,
  `startTime` TIMESTAMP_LTZ(3),
  `durationMs` BIGINT,
  `talkMs` BIGINT,
  `holdMs` BIGINT,
  `timeToAnswerMs` BIGINT,
  `from` ROW<`phoneNumber` STRING, `name` STRING, `extensionId` STRING>,
  `queues` ARRAY<ROW<`queueExtensionId` STRING, `name` STRING, `enterTime` TIMESTAMP_LTZ(3), `waitMs` BIGINT, `outcome` STRING>>,
  PRIMARY KEY (call_key) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'callweave.calls',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.isolation.level' = 'read_committed',
  'properties.group.id' = 'callweave-flink',
  'key.format' = 'raw',
  'value.format' = 'json',
  'value.json.timestamp-format.standard' = 'ISO-8601',
  'value.fields-include' = 'EXCEPT_KEY'
);

-- Queues per day: offered, answered, abandoned, and answered within 20 seconds.
SELECT accountId, DATE_FORMAT(startTime, 'yyyy-MM-dd') AS `day`, queueExtensionId AS queue, COUNT(*) AS offered,
  COUNT(*) FILTER (WHERE outcome = 'answered') AS answered,
  COUNT(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
  COUNT(*) FILTER (WHERE outcome = 'answered' AND waitMs <= 20000 AND (`direction` <> 'Outbound' OR `internal`)) AS answered_within
FROM calls CROSS JOIN UNNEST(queues) AS visit (queueExtensionId, `name`, enterTime, waitMs, outcome)
WHERE `status` <> 'superseded' AND `action` <> 'Monitoring' AND `type` <> 'Fax'
GROUP BY accountId, DATE_FORMAT(startTime, 'yyyy-MM-dd'), queueExtensionId;
