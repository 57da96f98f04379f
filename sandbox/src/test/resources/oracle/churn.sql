-- Who is at which churn level now (DESIGN 6): MBG/NBD on the days with something still held, less what bad experience of the last 30
-- days takes off.

CREATE OR REPLACE TABLE held_days AS
SELECT customer_id, min(l.ts) AS ts
FROM paid_lines l LEFT JOIN (SELECT customer_id, order_id, idx, sum(quantity) AS quantity FROM taken GROUP BY ALL) t
    USING (customer_id, order_id, idx)
WHERE l.quantity > coalesce(t.quantity, 0)
GROUP BY customer_id, day_of(l.ts);

-- Since when each experience lasts: the latest answer of a kind when it is bad, tickets reopened or open for a week, returns.
CREATE OR REPLACE TABLE experiences AS
SELECT customer_id, CASE kind WHEN 'NPS' THEN 'detractor' WHEN 'CSAT' THEN 'low_csat' ELSE 'high_effort' END AS what, ts AS since
FROM (
    SELECT *, row_number() OVER (PARTITION BY customer_id, kind ORDER BY ts DESC, response_id DESC) AS nr
    FROM versions WHERE live)
WHERE nr = 1 AND CASE kind WHEN 'NPS' THEN score <= 6 WHEN 'CSAT' THEN 4 * distance <= range ELSE 3 * distance <= range END
UNION ALL
SELECT customer_id, 'reopened_ticket', ts FROM ticket_steps WHERE status = 'REOPENED'
UNION ALL
SELECT customer_id, 'stale_ticket', max(ts) FILTER (WHERE change > 0) + 7 * 86400000::BIGINT
FROM turns_of_tickets GROUP BY customer_id, ticket_id HAVING sum(change) > 0
UNION ALL
SELECT t.customer_id, 'returned_order', t.taken_at
FROM taken t JOIN order_events e ON e.customer_id = t.customer_id AND e.event_id = t.event_id AND e.status = 'RETURNED';

CREATE OR REPLACE TABLE scores AS
SELECT h.customer_id,
    1 / (1 + a / (b + x) * pow((alpha + silence) / (alpha + recency), r + x)) - coalesce(e.weight, 0) AS score
FROM (
    SELECT customer_id, count(*) - 1 AS x, (max(ts) - min(ts)) / 604800000.0::DOUBLE AS recency,
        (getvariable('until_ms') - min(ts)) / 604800000.0::DOUBLE AS silence
    FROM held_days GROUP BY customer_id) h
CROSS JOIN churn
LEFT JOIN (
    SELECT customer_id, sum(CASE what WHEN 'detractor' THEN detractor WHEN 'low_csat' THEN low_csat WHEN 'high_effort' THEN high_effort
        WHEN 'reopened_ticket' THEN reopened_ticket WHEN 'stale_ticket' THEN stale_ticket ELSE returned_order END) AS weight
    FROM (
        SELECT DISTINCT customer_id, what FROM experiences
        WHERE since <= getvariable('until_ms') AND getvariable('until_ms') < since + 30 * 86400000::BIGINT), churn
    GROUP BY customer_id) e USING (customer_id)
WHERE h.customer_id NOT IN (SELECT customer_id FROM endings);

INSERT INTO flow
SELECT 'churn-level', 'level', CASE WHEN score <= lost THEN 'LOST' WHEN score <= at_risk THEN 'AT_RISK' ELSE 'WATCH' END, '', '',
    getvariable('until_ms'), 1, NULL, NULL
FROM scores, churn WHERE score <= watch;
