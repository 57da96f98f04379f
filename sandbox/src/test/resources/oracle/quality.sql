-- Who can be reached, and what became of every record.

CREATE OR REPLACE TABLE known_since AS
SELECT customer_id, min(ts) AS ts
FROM (SELECT customer_id, ts FROM way UNION ALL SELECT customer_id, ts FROM contacts) GROUP BY customer_id;
INSERT INTO flow SELECT 'profiles', 'all', '', '', '', ts, 1, NULL, NULL FROM known_since;
INSERT INTO flow SELECT 'profiles', 'all', '', '', '', e.ts, -1, NULL, NULL FROM known_since JOIN endings e USING (customer_id);

-- Usable: an address with something on both sides of its @, an international number of 7 digits or more, or a hash.
CREATE OR REPLACE TABLE reach AS
SELECT customer_id, ts, (usable::INTEGER - coalesce(lag(usable::INTEGER) OVER (PARTITION BY customer_id ORDER BY ts, event_id), 0)) AS change
FROM (
    SELECT *, len(list_filter(emails, lambda e: regexp_matches(trim(e), '^([^@\s]+@[^@\s]+\.[^@\s]+|[0-9a-fA-F]{64})$'))) > 0
        OR len(list_filter(phones, lambda p: regexp_matches(replace(p, ' ', ''), '^(\+[0-9]{7,15}|[0-9a-fA-F]{64})$'))) > 0 AS usable
    FROM contacts);
INSERT INTO flow SELECT 'contactable', 'all', '', '', '', ts, change, NULL, NULL FROM reach WHERE change <> 0;
INSERT INTO flow
SELECT 'contactable', 'all', '', '', '', e.ts, -sum(change)::BIGINT, NULL, NULL
FROM reach JOIN endings e USING (customer_id) GROUP BY customer_id, e.ts HAVING sum(change) <> 0;

-- Every different line was read; of them some are refused, some repeat what was there already.
CREATE OR REPLACE TABLE records AS
WITH read AS (
    SELECT sum(n) AS n FROM (
        SELECT count(*) AS n FROM (SELECT DISTINCT * FROM surveys_lines) WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms')
        UNION ALL SELECT count(*) FROM (SELECT DISTINCT * FROM orders_lines) WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms')
        UNION ALL SELECT count(*) FROM (SELECT DISTINCT * FROM ad_clicks_lines) WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms')
        UNION ALL SELECT count(*) FROM (SELECT DISTINCT * FROM support_lines) WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms')
        UNION ALL SELECT count(*) FROM contacts UNION ALL SELECT count(*) FROM invitations
        UNION ALL SELECT count(*) FROM spend UNION ALL SELECT count(*) FROM lead_steps UNION ALL SELECT count(*) FROM erasures)
), refused AS (
    SELECT sum(n) AS n FROM (
        SELECT count(*) AS n FROM (SELECT DISTINCT * FROM surveys_lines)
        WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms')
          AND NOT ((kind <> 'NPS' OR (scale_min = 0 AND scale_max = 10 AND higher_is_better)) AND score BETWEEN scale_min AND scale_max)
        UNION ALL SELECT count(*) FROM (SELECT DISTINCT * FROM orders_lines)
        WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms') AND status <> 'CANCELLED' AND len(lines) = 0)
), folded AS (
    SELECT sum(n) AS n FROM (
        SELECT count(*) AS n FROM surveys UNION ALL SELECT count(*) FROM order_events UNION ALL SELECT count(*) FROM clicks
        UNION ALL SELECT count(*) FROM steps UNION ALL SELECT count(*) FROM contacts UNION ALL SELECT count(*) FROM invitations
        UNION ALL SELECT count(*) FROM spend UNION ALL SELECT count(*) FROM lead_steps UNION ALL SELECT count(*) FROM erasures)
)
SELECT read.n AS read, refused.n AS refused, folded.n AS folded FROM read, refused, folded;

INSERT INTO flow SELECT 'records-read', 'all', '', '', '', getvariable('until_ms'), read, NULL, NULL FROM records WHERE read > 0;
-- What was read is the base of every reason (DESIGN 3 names them).
INSERT INTO flow
SELECT 'records-read', 'reason', unnest(['UNDECODABLE', 'INVALID', 'WRONG_KEY', 'FROM_THE_FUTURE', 'TOO_LATE', 'ERASED']), '', '',
    getvariable('until_ms'), read, NULL, NULL
FROM records WHERE read > 0;
INSERT INTO flow SELECT 'records-folded', 'all', '', '', '', getvariable('until_ms'), folded, NULL, NULL FROM records WHERE read > 0;
INSERT INTO flow SELECT 'records-duplicate', 'all', '', '', '', getvariable('until_ms'), read - folded - refused, NULL, NULL FROM records WHERE read > 0;
INSERT INTO flow
SELECT 'records-rejected', dim, val, '', '', getvariable('until_ms'), refused, NULL, NULL
FROM records, (VALUES ('all', ''), ('reason', 'INVALID')) s(dim, val) WHERE read > 0 AND (refused > 0 OR dim = 'all');
