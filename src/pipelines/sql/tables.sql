-- The tables that the connectors fill, for PostgreSQL 14 or newer. Run it before the first start of the worker:
--   psql -v ON_ERROR_STOP=1 -d DATABASE -f tables.sql -f views.sql
-- Columns are named like the fields (docs/records.md, docs/topics.md, docs/figures.md), in snake_case. All but those of the key can be
-- null, as in the envelope. Lists and objects are jsonb. What stands between "columns" and "end" is generated from the fields.
CREATE SCHEMA IF NOT EXISTS callweave;
SET search_path = callweave;

CREATE TABLE IF NOT EXISTS calls (
  -- columns: calls
  call_id text,
  account_id text,
  revision bigint,
  epoch bigint,
  status text,
  incomplete jsonb,
  superseded_by text,
  id text,
  telephony_session_id text,
  session_id text,
  type text,
  direction text,
  internal boolean,
  action text,
  result text,
  start_time timestamptz,
  duration bigint,
  duration_ms bigint,
  "from" jsonb,
  "to" jsonb,
  caller_name text,
  party_id text,
  extension jsonb,
  recording jsonb,
  transfer_target jsonb,
  transferee jsonb,
  legs jsonb,
  answer_time timestamptz,
  end_time timestamptz,
  answered_by jsonb,
  first_to_leave jsonb,
  queues jsonb,
  ring_ms bigint,
  talk_ms bigint,
  hold_ms bigint,
  park_ms bigint,
  time_to_answer_ms bigint,
  sessions jsonb,
  missing_sessions jsonb,
  parties jsonb,
  links jsonb,
  transfers jsonb,
  numbers jsonb,
  artifacts jsonb,
  call_log jsonb,
  -- columns: end
  PRIMARY KEY (account_id, call_id)
);
CREATE INDEX IF NOT EXISTS calls_start ON calls (account_id, start_time);

CREATE TABLE IF NOT EXISTS party_metrics (
  -- columns: party-metrics
  account_id text,
  call_id text,
  revision bigint,
  epoch bigint,
  call_status text,
  call_direction text,
  call_internal boolean,
  call_action text,
  call_result text,
  telephony_session_id text,
  party_id text,
  direction text,
  role text,
  extension_id text,
  queue_extension_id text,
  phone_number text,
  name text,
  start_time timestamptz,
  answer_time timestamptz,
  end_time timestamptz,
  setup_ms bigint,
  ring_ms bigint,
  talk_ms bigint,
  hold_ms bigint,
  park_ms bigint,
  end_status text,
  end_reason text,
  missed boolean,
  transferred boolean,
  extension_name text,
  extension_type text,
  site text,
  department text,
  time_zone text,
  queue_name text,
  -- columns: end
  PRIMARY KEY (account_id, telephony_session_id, party_id)
);

CREATE TABLE IF NOT EXISTS window_metrics (
  window_key text PRIMARY KEY,
  -- columns: window-metrics
  account_id text,
  scope text,
  scope_id text,
  scope_name text,
  "window" text,
  window_start timestamptz,
  window_end timestamptz,
  epoch bigint,
  calls bigint,
  answered bigint,
  answered_elsewhere bigint,
  voicemail bigint,
  overflow bigint,
  abandoned bigint,
  missed bigint,
  unanswered bigint,
  fax bigint,
  transferred bigint,
  inbound bigint,
  outbound bigint,
  internal bigint,
  partial bigint,
  ring jsonb,
  talk jsonb,
  hold jsonb,
  handle jsonb,
  time_to_answer jsonb,
  duration jsonb,
  service_level jsonb,
  records bigint,
  records_digest text,
  -- columns: end
  ring_sum_ms bigint GENERATED ALWAYS AS ((ring ->> 'sumMs')::bigint) STORED,
  talk_sum_ms bigint GENERATED ALWAYS AS ((talk ->> 'sumMs')::bigint) STORED,
  hold_sum_ms bigint GENERATED ALWAYS AS ((hold ->> 'sumMs')::bigint) STORED,
  handle_sum_ms bigint GENERATED ALWAYS AS ((handle ->> 'sumMs')::bigint) STORED,
  handle_avg_ms bigint GENERATED ALWAYS AS ((handle ->> 'avgMs')::bigint) STORED,
  duration_sum_ms bigint GENERATED ALWAYS AS ((duration ->> 'sumMs')::bigint) STORED,
  time_to_answer_avg_ms bigint GENERATED ALWAYS AS ((time_to_answer ->> 'avgMs')::bigint) STORED,
  answered_within bigint GENERATED ALWAYS AS ((service_level ->> 'answeredWithin')::bigint) STORED,
  counted bigint GENERATED ALWAYS AS ((service_level ->> 'counted')::bigint) STORED,
  service_level_ratio numeric GENERATED ALWAYS AS ((service_level ->> 'ratio')::numeric) STORED
);
CREATE INDEX IF NOT EXISTS window_metrics_start ON window_metrics (account_id, scope, "window", window_start);

-- The sink writes what it reads, also an old revision that it reads again after a restart. So each table keeps the newest.
CREATE OR REPLACE FUNCTION keep_newest_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.epoch, NEW.revision) < (OLD.epoch, OLD.revision) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_newest BEFORE UPDATE ON calls
  FOR EACH ROW EXECUTE FUNCTION keep_newest_call();

-- A party moves to another call when calls merge, and revisions of two calls cannot be compared: then the last row read counts.
CREATE OR REPLACE FUNCTION keep_newest_party() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.epoch < OLD.epoch OR (NEW.call_id = OLD.call_id AND NEW.epoch = OLD.epoch AND NEW.revision < OLD.revision) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_newest BEFORE UPDATE ON party_metrics
  FOR EACH ROW EXECUTE FUNCTION keep_newest_party();

-- Windows have no revision: within an epoch, the last record of a key counts.
CREATE OR REPLACE FUNCTION keep_newest_window() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.epoch < OLD.epoch THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_newest BEFORE UPDATE ON window_metrics
  FOR EACH ROW EXECUTE FUNCTION keep_newest_window();
