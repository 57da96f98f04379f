-- From each event of a customer to the next one, where that comes within 30 days; at the later one.

CREATE OR REPLACE TABLE way AS
SELECT customer_id, ts, 'ad-clicks' AS topic, event_id, 'ad-click' AS kind FROM clicks
UNION ALL SELECT customer_id, ts, 'invitations', event_id, 'invitation' FROM invitations
UNION ALL SELECT customer_id, ts, 'orders', event_id, 'order-' || lower(status) FROM order_events
UNION ALL SELECT customer_id, ts, 'support', event_id, 'ticket-' || lower(status) FROM steps
UNION ALL SELECT customer_id, ts, 'surveys', event_id, 'survey-' || lower(kind) FROM surveys;

CREATE OR REPLACE TABLE hops AS
SELECT ts, ts - previous AS gap, [{'dim': 'all', 'val': ''}, {'dim': 'step', 'val': from_kind || '>' || kind}] AS segments
FROM (
    SELECT *, lag(ts) OVER w AS previous, lag(kind) OVER w AS from_kind
    FROM way WINDOW w AS (PARTITION BY customer_id ORDER BY ts, topic, event_id))
WHERE previous IS NOT NULL AND ts - previous <= 30 * 86400000::BIGINT;

INSERT INTO flow
SELECT 'journey-steps', s.dim, s.val, '', '', ts, 1, NULL, NULL FROM (SELECT *, unnest(segments) AS s FROM hops);
INSERT INTO flow
SELECT 'journey-gap', s.dim, s.val, '', '', ts, 1, bucket_of(gap // 1000), gap // 1000
FROM (SELECT *, unnest(segments) AS s FROM hops);
