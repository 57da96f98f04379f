-- Orders, revenue, order values (DESIGN 7), and what was taken back of which line (DESIGN 5).

CREATE OR REPLACE TABLE paid AS
SELECT customer_id, order_id, event_id, ts, currency, channel, coalesce(country, 'unknown') AS country, platform, campaign_id,
    list_sum(list_transform(lines, lambda l: l.quantity * l.unit_price_minor)) AS gross, lines
FROM order_events WHERE status = 'PAID';

CREATE OR REPLACE TABLE paid_lines AS
SELECT customer_id, order_id, ts, idx, l.sku AS sku, l.category AS category, l.quantity AS quantity,
    l.unit_price_minor AS price, l.unit_cost_minor AS cost
FROM (SELECT *, unnest(lines) AS l, generate_subscripts(lines, 1) AS idx FROM paid);

-- Takes in the order in which they are applied: by (occurred_at, event_id), then by line. What is taken of one product leaves the others as
-- they are, so each product has turns of its own; a CANCELLED without lines takes all products of its order.
CREATE OR REPLACE TABLE takes AS
SELECT *, row_number() OVER (PARTITION BY customer_id, sku ORDER BY ts, event_id, idx) AS turn
FROM (
    SELECT DISTINCT e.customer_id, e.order_id, e.event_id, e.ts, 0 AS idx, l.sku, NULL AS quantity, NULL AS price, NULL AS currency
    FROM order_events e JOIN paid_lines l USING (customer_id, order_id) WHERE e.status = 'CANCELLED' AND len(e.lines) = 0
    UNION ALL
    SELECT customer_id, order_id, event_id, ts, idx, l.sku, l.quantity,
        CASE WHEN status = 'RETURNED' THEN l.unit_price_minor END, CASE WHEN status = 'RETURNED' THEN currency END
    FROM (
        SELECT *, unnest(lines) AS l, generate_subscripts(lines, 1) AS idx
        FROM order_events WHERE status IN ('CANCELLED', 'RETURNED') AND len(lines) > 0));

-- Turn by turn what is left of each line: newest purchase first by (PAID, order, line), never more than is held.
CREATE OR REPLACE TABLE ledger AS
WITH RECURSIVE turns AS (
    SELECT 0 AS turn, customer_id, order_id, ts, idx, sku, quantity AS remaining, 0::BIGINT AS taken
    FROM paid_lines SEMI JOIN takes USING (customer_id, sku)
    UNION ALL
    SELECT turn, customer_id, order_id, ts, idx, sku, remaining - taken, taken
    FROM (
        SELECT *, CASE WHEN NOT fits THEN 0 WHEN wanted IS NULL THEN remaining
            ELSE greatest(0, least(remaining, wanted - (sum(CASE WHEN fits THEN remaining ELSE 0 END) OVER (
                PARTITION BY customer_id, sku ORDER BY ts DESC, order_id DESC, idx DESC
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - remaining))) END::BIGINT AS taken
        FROM (
            SELECT k.turn, t.customer_id, t.order_id, t.ts, t.idx, t.sku, t.remaining, k.quantity AS wanted,
                CASE WHEN k.order_id IS NULL THEN t.ts <= k.ts ELSE k.order_id = t.order_id END AS fits
            FROM turns t JOIN takes k ON k.customer_id = t.customer_id AND k.sku = t.sku AND k.turn = t.turn + 1))
)
SELECT * FROM turns;

CREATE OR REPLACE TABLE taken AS
SELECT l.customer_id, l.order_id, l.idx, k.event_id, k.ts AS taken_at, l.taken AS quantity,
    l.taken * coalesce(k.price, p.price) AS amount, coalesce(k.currency, o.currency) AS currency
FROM ledger l
JOIN takes k ON k.customer_id = l.customer_id AND k.sku = l.sku AND k.turn = l.turn
JOIN paid_lines p ON p.customer_id = l.customer_id AND p.order_id = l.order_id AND p.idx = l.idx
JOIN paid o ON o.customer_id = l.customer_id AND o.order_id = l.order_id
WHERE l.taken > 0;

-- Each order in each segment it falls in, with what it is worth there: in a category its lines of that category.
CREATE OR REPLACE TABLE order_segments AS
SELECT customer_id, order_id, ts, currency, s.dim, s.val, gross
FROM (
    SELECT *, unnest([
        {'dim': 'all', 'val': ''}, {'dim': 'channel', 'val': channel}, {'dim': 'country', 'val': country},
        {'dim': 'platform', 'val': platform}, {'dim': 'campaign', 'val': campaign_id},
        {'dim': 'value-tier', 'val': CASE WHEN t.mid IS NULL THEN NULL WHEN gross < t.mid THEN 'low' WHEN gross < t.high THEN 'mid' ELSE 'high' END}]) AS s
    FROM paid LEFT JOIN tiers t USING (currency))
WHERE s.val IS NOT NULL
UNION ALL
SELECT p.customer_id, p.order_id, p.ts, p.currency, 'category', l.category, sum(l.quantity * l.price)
FROM paid p JOIN paid_lines l USING (customer_id, order_id)
WHERE l.category IS NOT NULL
GROUP BY ALL;

INSERT INTO flow SELECT 'orders', dim, val, '', '', ts, 1, NULL, NULL FROM order_segments;
INSERT INTO flow SELECT 'revenue', dim, val, currency, '', ts, gross, NULL, NULL FROM order_segments;
INSERT INTO flow SELECT 'order-value', dim, val, currency, '', ts, 1, bucket_of(gross), gross FROM order_segments;

INSERT INTO flow
SELECT 'revenue-taken', s.dim, s.val, t.currency, '', s.ts, t.amount, NULL, NULL
FROM taken t
JOIN paid_lines l USING (customer_id, order_id, idx)
JOIN order_segments s ON s.customer_id = t.customer_id AND s.order_id = t.order_id
WHERE s.dim <> 'category' OR s.val = l.category;

-- What is left of each order: in its own currency, and below zero in another one in which something of it was paid back.
CREATE OR REPLACE TABLE net_orders AS
SELECT customer_id, order_id, p.ts, n.currency, n.net
FROM paid p JOIN (
    SELECT customer_id, order_id, currency, sum(amount)::BIGINT AS net
    FROM (SELECT customer_id, order_id, currency, gross AS amount FROM paid
          UNION ALL SELECT customer_id, order_id, currency, -amount FROM taken)
    GROUP BY ALL) n USING (customer_id, order_id);
