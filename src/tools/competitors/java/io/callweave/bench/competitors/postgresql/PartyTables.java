package io.callweave.bench.competitors.postgresql;

/**
 * The tables and the statements. A party is one row, which each event changes; a call is made of the rows of its parties.
 */
final class PartyTables {

    /** Rows that change leave room on their page, so that the change needs no new entry in an index. */
    static final String CREATE = """
            CREATE TABLE IF NOT EXISTS party(
                session text, party text, account text, seq bigint, status text, status_at bigint, direction text,
                extension text, from_number text, from_name text, to_number text, to_name text, start_at bigint,
                answer_at bigint, end_at bigint, end_reason text, ring_ms bigint, talk_ms bigint, hold_ms bigint,
                PRIMARY KEY(session, party)) WITH (fillfactor = 70);
            CREATE TABLE IF NOT EXISTS calls(
                session text PRIMARY KEY, account text, direction text, start_at bigint, answer_at bigint, end_at bigint,
                duration_ms bigint, ring_ms bigint, talk_ms bigint, hold_ms bigint, result text, parties jsonb);
            CREATE TABLE IF NOT EXISTS party_event(
                session text, seq bigint, party text, account text, at bigint, status text, reason text, event jsonb,
                PRIMARY KEY(session, seq, party));
            CREATE TABLE IF NOT EXISTS call_window(
                account text, size bigint, start_at bigint, calls bigint, answered bigint, talk_ms bigint, ring_ms bigint,
                duration_ms bigint, max_duration_ms bigint,
                PRIMARY KEY(account, size, start_at)) WITH (fillfactor = 50);
            """;

    /** The time in the status that an event ends is added up. An event with a lower sequence than the last is dropped. */
    static final String UPSERT_PARTY = """
            INSERT INTO party AS p VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)
            ON CONFLICT (session, party) DO UPDATE SET
                seq = EXCLUDED.seq,
                status = EXCLUDED.status,
                status_at = CASE WHEN p.status = EXCLUDED.status THEN p.status_at ELSE EXCLUDED.status_at END,
                extension = EXCLUDED.extension,
                from_number = EXCLUDED.from_number,
                from_name = EXCLUDED.from_name,
                to_number = EXCLUDED.to_number,
                to_name = EXCLUDED.to_name,
                answer_at = COALESCE(p.answer_at, EXCLUDED.answer_at),
                end_at = COALESCE(EXCLUDED.end_at, p.end_at),
                end_reason = COALESCE(EXCLUDED.end_reason, p.end_reason),
                ring_ms = p.ring_ms + CASE WHEN p.status = 'Proceeding' AND p.status <> EXCLUDED.status
                    THEN GREATEST(0, EXCLUDED.status_at - p.status_at) ELSE 0 END,
                talk_ms = p.talk_ms + CASE WHEN p.status = 'Answered' AND p.status <> EXCLUDED.status
                    THEN GREATEST(0, EXCLUDED.status_at - p.status_at) ELSE 0 END,
                hold_ms = p.hold_ms + CASE WHEN p.status = 'Hold' AND p.status <> EXCLUDED.status
                    THEN GREATEST(0, EXCLUDED.status_at - p.status_at) ELSE 0 END
            WHERE EXCLUDED.seq > p.seq
            """;

    /** Of the sessions that are given, those that are over. */
    static final String UPSERT_CALLS = """
            INSERT INTO calls
            SELECT session, min(account), min(direction), min(start_at),
                min(answer_at) FILTER (WHERE direction = 'Inbound'), max(end_at), max(end_at) - min(start_at), max(ring_ms),
                max(talk_ms), sum(hold_ms),
                CASE WHEN bool_or(direction = 'Inbound' AND answer_at IS NOT NULL) THEN 'Accepted' ELSE 'Missed' END,
                jsonb_agg(jsonb_build_object('id', party, 'direction', direction, 'extensionId', extension,
                    'from', from_number, 'to', to_number, 'startTime', start_at, 'answerTime', answer_at,
                    'endTime', end_at, 'endReason', end_reason, 'ringMs', ring_ms, 'talkMs', talk_ms, 'holdMs', hold_ms))
            FROM party WHERE session = ANY(?)
            GROUP BY session HAVING bool_and(status IN ('Disconnected', 'Gone'))
            ON CONFLICT (session) DO UPDATE SET
                answer_at = EXCLUDED.answer_at, end_at = EXCLUDED.end_at, duration_ms = EXCLUDED.duration_ms,
                ring_ms = EXCLUDED.ring_ms, talk_ms = EXCLUDED.talk_ms, hold_ms = EXCLUDED.hold_ms,
                result = EXCLUDED.result, parties = EXCLUDED.parties
            """;

    /**
     * The same, and each call that is new in the windows of its account. In the order of the key: otherwise two
     * transactions could wait for each other.
     */
    static final String UPSERT_CALLS_AND_WINDOWS = "WITH c AS (" + UPSERT_CALLS + """
             RETURNING account, start_at, answer_at, talk_ms, ring_ms, duration_ms, (xmax = 0) AS fresh)
            INSERT INTO call_window AS w
            SELECT account, size, start_at / size * size, count(*), count(answer_at), sum(talk_ms), sum(ring_ms),
                sum(duration_ms), max(duration_ms)
            FROM c, (VALUES (60000), (900000), (3600000), (86400000)) AS sizes(size)
            WHERE fresh GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            ON CONFLICT (account, size, start_at) DO UPDATE SET
                calls = w.calls + EXCLUDED.calls, answered = w.answered + EXCLUDED.answered,
                talk_ms = w.talk_ms + EXCLUDED.talk_ms, ring_ms = w.ring_ms + EXCLUDED.ring_ms,
                duration_ms = w.duration_ms + EXCLUDED.duration_ms,
                max_duration_ms = GREATEST(w.max_duration_ms, EXCLUDED.max_duration_ms)
            """;

    static final String INSERT_EVENTS = """
            INSERT INTO party_event SELECT * FROM unnest(
                ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::jsonb[])
            ON CONFLICT DO NOTHING
            """;

    static final String READ_TIMES = "SELECT session, account, start_at, duration_ms, answer_at FROM calls";

    private PartyTables() {}
}
