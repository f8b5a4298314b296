-- The questions of "callweave report" as views, with the formulas of docs/figures.md. All are made of the table calls alone.
--   UPDATE callweave.report_settings SET service_level_ms = 30000, short_abandon_ms = 5000, time_zone = 'Europe/Berlin';
SET search_path = callweave;

CREATE TABLE IF NOT EXISTS report_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  service_level_ms bigint NOT NULL DEFAULT 20000,  -- as metrics.service-level
  short_abandon_ms bigint NOT NULL DEFAULT 0,      -- as metrics.short-abandon
  time_zone text NOT NULL DEFAULT 'UTC'            -- of hours and days
);
INSERT INTO report_settings DEFAULT VALUES ON CONFLICT DO NOTHING;

-- Queues with values of their own, as in metrics.service-levels and metrics.short-abandons; null is as in report_settings.
CREATE TABLE IF NOT EXISTS queue_settings (
  account_id text NOT NULL,
  queue text NOT NULL,
  service_level_ms bigint,
  short_abandon_ms bigint,
  PRIMARY KEY (account_id, queue)
);

-- Each session is in one of these calls; superseded ones stay in the table.
CREATE OR REPLACE VIEW final_calls AS
SELECT * FROM calls WHERE status <> 'superseded';

CREATE OR REPLACE VIEW report_calls AS
SELECT c.account_id, c.call_id, c.status, c.incomplete, c.type, c.direction, c.internal, c.result, c.start_time, c.end_time,
  date_trunc('hour', c.start_time, s.time_zone) AS hour,
  (c.start_time AT TIME ZONE s.time_zone)::date AS day,
  c.direction = 'Outbound' AND NOT c.internal AS outgoing,
  CASE
    WHEN c.type = 'Fax' THEN 'fax'
    WHEN c.answer_time IS NOT NULL THEN 'answered'
    WHEN c.result = 'Voicemail' THEN 'voicemail'
    WHEN c.direction = 'Outbound' AND NOT c.internal THEN 'unanswered'
    WHEN c.result = 'Abandoned' OR c.parties @> '[{"queueCall": true}]' THEN 'abandoned'
    ELSE 'missed'
  END AS outcome,
  c."from" ->> 'phoneNumber' AS from_number, c."from" ->> 'name' AS from_name,
  c."to" ->> 'phoneNumber' AS to_number, c."to" ->> 'name' AS to_name,
  c.answered_by ->> 'extensionId' AS answered_by_extension,
  c.duration_ms, c.ring_ms, c.talk_ms, c.hold_ms, c.time_to_answer_ms, c.queues, c.parties, c.legs, c.transfers
FROM final_calls c CROSS JOIN report_settings s
WHERE c.action <> 'Monitoring';

-- Calls per hour and day: answered, voicemail, missed and the other outcomes add up to calls.
CREATE OR REPLACE VIEW calls_per_hour AS
SELECT account_id, hour, count(*) AS calls,
  count(*) FILTER (WHERE direction = 'Inbound') AS inbound,
  count(*) FILTER (WHERE outgoing) AS outbound,
  count(*) FILTER (WHERE direction = 'Outbound' AND internal) AS internal,
  count(*) FILTER (WHERE outcome = 'answered') AS answered,
  count(*) FILTER (WHERE outcome = 'voicemail') AS voicemail,
  count(*) FILTER (WHERE outcome = 'missed') AS missed,
  count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
  count(*) FILTER (WHERE outcome = 'unanswered') AS unanswered,
  count(*) FILTER (WHERE outcome = 'fax') AS fax,
  sum(talk_ms)::bigint AS talk_ms, sum(duration_ms)::bigint AS duration_ms,
  coalesce(sum(talk_ms + hold_ms) FILTER (WHERE outcome = 'answered'), 0)::bigint AS handle_ms,
  round(avg(talk_ms + hold_ms) FILTER (WHERE outcome = 'answered')) AS average_handle_ms
FROM report_calls GROUP BY account_id, hour;

CREATE OR REPLACE VIEW calls_per_day AS
SELECT c.account_id, (hour AT TIME ZONE s.time_zone)::date AS day, sum(calls)::bigint AS calls, sum(inbound)::bigint AS inbound,
  sum(outbound)::bigint AS outbound, sum(internal)::bigint AS internal, sum(answered)::bigint AS answered,
  sum(voicemail)::bigint AS voicemail, sum(missed)::bigint AS missed, sum(abandoned)::bigint AS abandoned,
  sum(unanswered)::bigint AS unanswered, sum(fax)::bigint AS fax, sum(talk_ms)::bigint AS talk_ms,
  sum(duration_ms)::bigint AS duration_ms, sum(handle_ms)::bigint AS handle_ms,
  round(sum(handle_ms) / nullif(sum(answered), 0)) AS average_handle_ms
FROM calls_per_hour c CROSS JOIN report_settings s GROUP BY c.account_id, (hour AT TIME ZONE s.time_zone)::date;

-- One row for each queue of each call.
CREATE OR REPLACE VIEW queue_visits AS
SELECT c.account_id, c.call_id, c.hour, c.day, c.from_number, v ->> 'queueExtensionId' AS queue, v ->> 'name' AS queue_name,
  (v ->> 'enterTime')::timestamptz AS enter_time, (v ->> 'waitMs')::bigint AS wait_ms,
  CASE WHEN c.type = 'Fax' THEN 'fax' ELSE v ->> 'outcome' END AS outcome,
  v ->> 'outcome' = 'abandoned' AND c.type <> 'Fax' AND (v ->> 'waitMs')::bigint < l.short_abandon_ms AS short_abandon,
  c.type <> 'Fax' AND NOT c.outgoing AND (v ->> 'outcome' = 'answered'
    OR v ->> 'outcome' = 'abandoned' AND (v ->> 'waitMs')::bigint >= l.short_abandon_ms) AS counted,
  c.type <> 'Fax' AND NOT c.outgoing AND v ->> 'outcome' = 'answered'
    AND (v ->> 'waitMs')::bigint <= l.service_level_ms AS answered_within,
  c.talk_ms + c.hold_ms AS handle_ms
FROM report_calls c CROSS JOIN report_settings s CROSS JOIN LATERAL jsonb_array_elements(c.queues) v
LEFT JOIN queue_settings q ON q.account_id = c.account_id AND q.queue = v ->> 'queueExtensionId'
CROSS JOIN LATERAL (SELECT coalesce(q.service_level_ms, s.service_level_ms) AS service_level_ms,
  coalesce(q.short_abandon_ms, s.short_abandon_ms) AS short_abandon_ms) l;

-- Queues per hour and day: wait, service level, abandoned, overflow.
CREATE OR REPLACE VIEW queues_per_hour AS
SELECT account_id, queue, max(queue_name) AS queue_name, hour, count(*) AS offered,
  count(*) FILTER (WHERE outcome = 'answered') AS answered,
  count(*) FILTER (WHERE outcome = 'answeredElsewhere') AS answered_elsewhere,
  count(*) FILTER (WHERE outcome = 'voicemail') AS voicemail,
  count(*) FILTER (WHERE outcome = 'overflow') AS overflow,
  count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
  count(*) FILTER (WHERE short_abandon) AS short_abandons,
  count(*) FILTER (WHERE counted) AS counted,
  count(*) FILTER (WHERE answered_within) AS answered_within,
  round(count(*) FILTER (WHERE answered_within)::numeric / nullif(count(*) FILTER (WHERE counted), 0), 4) AS service_level,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY wait_ms) AS wait_p50_ms,
  percentile_disc(0.9) WITHIN GROUP (ORDER BY wait_ms) AS wait_p90_ms,
  max(wait_ms) AS wait_max_ms,
  round(avg(wait_ms) FILTER (WHERE outcome = 'answered')) AS average_speed_of_answer_ms,
  round(avg(handle_ms) FILTER (WHERE outcome = 'answered')) AS average_handle_ms
FROM queue_visits GROUP BY account_id, queue, hour;

CREATE OR REPLACE VIEW queues_per_day AS
SELECT account_id, queue, max(queue_name) AS queue_name, day, count(*) AS offered,
  count(*) FILTER (WHERE outcome = 'answered') AS answered,
  count(*) FILTER (WHERE outcome = 'answeredElsewhere') AS answered_elsewhere,
  count(*) FILTER (WHERE outcome = 'voicemail') AS voicemail,
  count(*) FILTER (WHERE outcome = 'overflow') AS overflow,
  count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
  count(*) FILTER (WHERE short_abandon) AS short_abandons,
  count(*) FILTER (WHERE counted) AS counted,
  count(*) FILTER (WHERE answered_within) AS answered_within,
  round(count(*) FILTER (WHERE answered_within)::numeric / nullif(count(*) FILTER (WHERE counted), 0), 4) AS service_level,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY wait_ms) AS wait_p50_ms,
  percentile_disc(0.9) WITHIN GROUP (ORDER BY wait_ms) AS wait_p90_ms,
  max(wait_ms) AS wait_max_ms,
  round(avg(wait_ms) FILTER (WHERE outcome = 'answered')) AS average_speed_of_answer_ms,
  round(avg(handle_ms) FILTER (WHERE outcome = 'answered')) AS average_handle_ms
FROM queue_visits GROUP BY account_id, queue, day;

-- All queues of an account together: its service level, its speed of answer, and its abandoned visits.
CREATE OR REPLACE VIEW visits_per_hour AS
SELECT account_id, hour, count(*) AS offered,
  count(*) FILTER (WHERE outcome = 'answered') AS answered,
  count(*) FILTER (WHERE outcome = 'answeredElsewhere') AS answered_elsewhere,
  count(*) FILTER (WHERE outcome = 'voicemail') AS voicemail,
  count(*) FILTER (WHERE outcome = 'overflow') AS overflow,
  count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
  count(*) FILTER (WHERE short_abandon) AS short_abandons,
  count(*) FILTER (WHERE counted) AS counted,
  count(*) FILTER (WHERE answered_within) AS answered_within,
  round(count(*) FILTER (WHERE answered_within)::numeric / nullif(count(*) FILTER (WHERE counted), 0), 4) AS service_level,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY wait_ms) AS wait_p50_ms,
  percentile_disc(0.9) WITHIN GROUP (ORDER BY wait_ms) AS wait_p90_ms,
  max(wait_ms) AS wait_max_ms,
  round(avg(wait_ms) FILTER (WHERE outcome = 'answered')) AS average_speed_of_answer_ms,
  round(avg(handle_ms) FILTER (WHERE outcome = 'answered')) AS average_handle_ms
FROM queue_visits GROUP BY account_id, hour;

CREATE OR REPLACE VIEW visits_per_day AS
SELECT account_id, day, count(*) AS offered,
  count(*) FILTER (WHERE outcome = 'answered') AS answered,
  count(*) FILTER (WHERE outcome = 'answeredElsewhere') AS answered_elsewhere,
  count(*) FILTER (WHERE outcome = 'voicemail') AS voicemail,
  count(*) FILTER (WHERE outcome = 'overflow') AS overflow,
  count(*) FILTER (WHERE outcome = 'abandoned') AS abandoned,
  count(*) FILTER (WHERE short_abandon) AS short_abandons,
  count(*) FILTER (WHERE counted) AS counted,
  count(*) FILTER (WHERE answered_within) AS answered_within,
  round(count(*) FILTER (WHERE answered_within)::numeric / nullif(count(*) FILTER (WHERE counted), 0), 4) AS service_level,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY wait_ms) AS wait_p50_ms,
  percentile_disc(0.9) WITHIN GROUP (ORDER BY wait_ms) AS wait_p90_ms,
  max(wait_ms) AS wait_max_ms,
  round(avg(wait_ms) FILTER (WHERE outcome = 'answered')) AS average_speed_of_answer_ms,
  round(avg(handle_ms) FILTER (WHERE outcome = 'answered')) AS average_handle_ms
FROM queue_visits GROUP BY account_id, day;

-- ORDER BY wait_ms DESC LIMIT 20
CREATE OR REPLACE VIEW longest_waits AS
SELECT account_id, call_id, queue, queue_name, enter_time, from_number, outcome, wait_ms,
  rank() OVER (PARTITION BY account_id ORDER BY wait_ms DESC) AS place
FROM queue_visits;

-- One row for each part of an own extension in a call.
CREATE OR REPLACE VIEW agent_parties AS
SELECT c.account_id, c.call_id, c.day, p ->> 'extensionId' AS agent,
  CASE p ->> 'direction' WHEN 'Outbound' THEN p -> 'from' ->> 'name' ELSE p -> 'to' ->> 'name' END AS name,
  (p ->> 'startTime')::timestamptz AS start_time, (p ->> 'endTime')::timestamptz AS end_time,
  (p ->> 'talkMs')::bigint AS talk_ms, (p ->> 'holdMs')::bigint AS hold_ms, (p ->> 'ringMs')::bigint AS ring_ms,
  p ->> 'direction' = 'Inbound' AND p ->> 'ringMs' IS NOT NULL AS rung,
  p ->> 'answerTime' IS NOT NULL AS answered,
  leg.result = 'Answered Elsewhere' AS taken_by_others,
  p -> 'segments' AS segments
FROM report_calls c CROSS JOIN LATERAL jsonb_array_elements(c.parties) p
LEFT JOIN LATERAL (
  SELECT l ->> 'result' AS result FROM jsonb_array_elements(c.legs) l
  WHERE l ->> 'partyId' = p ->> 'partyId' AND l ->> 'telephonySessionId' = p ->> 'telephonySessionId' LIMIT 1
) leg ON true
WHERE p ->> 'extensionId' IS NOT NULL AND p ->> 'role' IN ('participant', 'host');

-- Agents per day: occupancy is busy time between the first and the last call of the day.
CREATE OR REPLACE VIEW agents_per_day AS
WITH busy AS (
  SELECT account_id, day, agent, round(sum(extract(epoch FROM upper(r) - lower(r))) * 1000)::bigint AS busy_ms
  FROM (
    SELECT account_id, day, agent, unnest(range_agg(tstzrange(
      (segment ->> 'startTime')::timestamptz, (segment ->> 'endTime')::timestamptz))) AS r
    FROM agent_parties CROSS JOIN LATERAL jsonb_array_elements(segments) segment
    WHERE segment ->> 'status' IN ('Answered', 'Hold')
    GROUP BY account_id, day, agent
  ) ranges GROUP BY account_id, day, agent
)
SELECT a.account_id, a.day, a.agent, max(a.name) AS name, count(DISTINCT a.call_id) AS calls,
  sum(a.talk_ms)::bigint AS talk_ms, sum(a.hold_ms)::bigint AS hold_ms, coalesce(sum(a.ring_ms), 0)::bigint AS ring_ms,
  count(*) FILTER (WHERE a.rung) AS rung,
  count(*) FILTER (WHERE a.rung AND a.answered) AS rung_and_answered,
  count(*) FILTER (WHERE a.rung AND NOT a.answered AND a.taken_by_others) AS taken_by_others,
  count(*) FILTER (WHERE a.rung AND NOT a.answered AND a.taken_by_others IS NOT TRUE) AS rung_and_not_answered,
  coalesce(max(b.busy_ms), 0) AS busy_ms,
  round(coalesce(max(b.busy_ms), 0)
    / nullif(round(extract(epoch FROM max(a.end_time) - min(a.start_time)) * 1000), 0), 4) AS occupancy
FROM agent_parties a LEFT JOIN busy b ON (b.account_id, b.day, b.agent) = (a.account_id, a.day, a.agent)
GROUP BY a.account_id, a.day, a.agent;

-- A chain has two or more blind or attended transfers.
CREATE OR REPLACE VIEW transfers_per_day AS
SELECT account_id, day, count(*) AS calls,
  count(*) FILTER (WHERE transfers > 0) AS transferred,
  count(*) FILTER (WHERE transfers > 1) AS chains,
  sum(blind)::bigint AS blind, sum(attended)::bigint AS attended
FROM (
  SELECT account_id, day, blind, attended, blind + attended AS transfers
  FROM report_calls c CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE t ->> 'kind' = 'blind') AS blind, count(*) FILTER (WHERE t ->> 'kind' = 'attended') AS attended
    FROM jsonb_array_elements(c.transfers) t
  ) kinds
) counted GROUP BY account_id, day;

-- Outside numbers, as in the windows with the scope number. ORDER BY calls DESC LIMIT 20
CREATE OR REPLACE VIEW busiest_numbers AS
SELECT account_id, number, count(*) AS calls, count(*) FILTER (WHERE outcome = 'answered') AS answered,
  sum(talk_ms)::bigint AS talk_ms, max(start_time) AS last_call
FROM (
  SELECT DISTINCT c.account_id, c.call_id, c.outcome, c.talk_ms, c.start_time,
    CASE p ->> 'direction' WHEN 'Outbound' THEN p -> 'from' ->> 'phoneNumber' ELSE p -> 'to' ->> 'phoneNumber' END AS number
  FROM report_calls c CROSS JOIN LATERAL jsonb_array_elements(c.parties) p
  WHERE p ->> 'extensionId' IS NULL AND p ->> 'role' = 'participant'
) parties WHERE number LIKE '+%' GROUP BY account_id, number;

-- Inbound calls of a number that had called within the hour before.
CREATE OR REPLACE VIEW repeat_calls AS
SELECT account_id, call_id, from_number, start_time, before, outcome, outcome_before
FROM (
  SELECT account_id, call_id, from_number, direction, start_time, outcome,
    lag(start_time) OVER numbers AS before, lag(outcome) OVER numbers AS outcome_before
  FROM report_calls WHERE from_number LIKE '+%'
  WINDOW numbers AS (PARTITION BY account_id, from_number ORDER BY start_time, call_id)
) calls WHERE direction = 'Inbound' AND start_time - before <= interval '60 minutes';

-- Partial calls, and why; a call can have several reasons.
CREATE OR REPLACE VIEW quality_per_day AS
SELECT account_id, day, count(*) AS calls, count(*) FILTER (WHERE status = 'complete') AS complete,
  count(*) FILTER (WHERE status = 'partial') AS partial,
  count(*) FILTER (WHERE incomplete ? 'sequenceGap') AS sequence_gap,
  count(*) FILTER (WHERE incomplete ? 'missingSession') AS missing_session,
  count(*) FILTER (WHERE incomplete ? 'noFinalStatus') AS no_final_status,
  count(*) FILTER (WHERE incomplete ? 'unseenContinuation') AS unseen_continuation,
  count(*) FILTER (WHERE incomplete ? 'capped') AS capped,
  count(*) FILTER (WHERE incomplete ? 'internalError') AS internal_error
FROM report_calls GROUP BY account_id, day;
