CREATE TABLE calls (
  account_id    TEXT   NOT NULL,
  call_id       TEXT   NOT NULL,
  epoch         BIGINT NOT NULL,
  revision      BIGINT NOT NULL,
  status        TEXT   NOT NULL,
  superseded_by TEXT,
  record        TEXT   NOT NULL,  -- the whole value
  PRIMARY KEY (account_id, call_id)
);

-- For each record that is read:
INSERT INTO calls (account_id, call_id, epoch, revision, status, superseded_by, record)
VALUES (:account_id, :call_id, :epoch, :revision, :status, :superseded_by, :record)
ON CONFLICT (account_id, call_id) DO UPDATE
SET epoch = excluded.epoch, revision = excluded.revision, status = excluded.status,
    superseded_by = excluded.superseded_by, record = excluded.record
WHERE (excluded.epoch, excluded.revision) > (calls.epoch, calls.revision);

-- All calls, each session in one of them:
SELECT record FROM calls WHERE status <> 'superseded';

-- The call that an id stands for now:
WITH RECURSIVE chain AS (
  SELECT account_id, call_id, status, superseded_by, record FROM calls
  WHERE account_id = :account_id AND call_id = :call_id
  UNION
  SELECT later.account_id, later.call_id, later.status, later.superseded_by, later.record
  FROM chain JOIN calls later ON later.account_id = chain.account_id AND later.call_id = chain.superseded_by
)
SELECT record FROM chain WHERE status <> 'superseded';
