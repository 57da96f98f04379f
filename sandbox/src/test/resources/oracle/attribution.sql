-- Which click earned what of which order under each model (DESIGN 7): the rows of the attribution topic, and the sums of them.

CREATE OR REPLACE TABLE paths AS
SELECT p.customer_id, p.order_id, p.ts AS paid_at, p.currency, c.click_id, c.platform, c.campaign_id, c.ts AS clicked_at,
    row_number() OVER (PARTITION BY p.customer_id, p.order_id ORDER BY c.ts, c.event_id) AS place,
    count(*) OVER (PARTITION BY p.customer_id, p.order_id) AS touches
FROM paid p LEFT JOIN clicks c ON c.customer_id = p.customer_id AND c.ts BETWEEN p.ts - 30 * 86400000::BIGINT AND p.ts;

CREATE OR REPLACE TABLE weights AS
SELECT *, weight / sum(weight) OVER (PARTITION BY customer_id, order_id, model) AS share
FROM (
    SELECT *, CASE model
        WHEN 'first' THEN (place = 1)::INTEGER
        WHEN 'last' THEN (place = touches)::INTEGER
        WHEN 'linear' THEN 1
        WHEN 'time-decay' THEN CASE WHEN click_id IS NULL THEN 1 ELSE pow(2, (clicked_at - paid_at) / (7 * 86400000.0)) END
        WHEN 'position-based' THEN CASE WHEN touches <= 2 THEN 1 WHEN place IN (1, touches) THEN 2 * (touches - 2) ELSE 1 END
        END::DOUBLE AS weight
    FROM paths, (SELECT unnest(['first', 'last', 'linear', 'time-decay', 'position-based']) AS model));

-- Every event of an order that changes what is left of it in a currency, with what was left before and is left after.
CREATE OR REPLACE TABLE stages AS
WITH changes AS (
    SELECT customer_id, order_id, event_id, ts, currency, gross AS amount, true AS pays FROM paid
    UNION ALL
    SELECT customer_id, order_id, event_id, taken_at, currency, -sum(amount), false FROM taken GROUP BY ALL
), known AS (
    SELECT *, bool_or(pays) OVER (PARTITION BY customer_id, order_id ORDER BY ts, event_id) AS known FROM changes
), summed AS (
    SELECT *, CASE WHEN known THEN sum(amount) OVER (PARTITION BY customer_id, order_id, currency ORDER BY ts, event_id) ELSE 0 END AS after
    FROM known
)
SELECT customer_id, order_id, currency, event_id, after,
    coalesce(lag(after) OVER (PARTITION BY customer_id, order_id, currency ORDER BY ts, event_id), 0) AS before
FROM summed;

-- Net revenue less the cost of what is still held, and how many lines of that have no cost.
CREATE OR REPLACE TABLE margins AS
SELECT customer_id, order_id, o.currency, any_value(o.net) - coalesce(sum(l.remaining * l.cost) FILTER (WHERE o.currency = p.currency), 0)::BIGINT AS margin,
    count(*) FILTER (WHERE l.remaining > 0 AND l.cost IS NULL AND o.currency = p.currency) AS uncosted
FROM (
    SELECT l.*, l.quantity - coalesce(t.quantity, 0) AS remaining
    FROM paid_lines l LEFT JOIN (SELECT customer_id, order_id, idx, sum(quantity) AS quantity FROM taken GROUP BY ALL) t
        USING (customer_id, order_id, idx)) l
JOIN net_orders o USING (customer_id, order_id) JOIN paid p USING (customer_id, order_id)
GROUP BY customer_id, order_id, o.currency;

-- Largest remainder, ties in click order; an amount below zero is split like its opposite.
CREATE OR REPLACE TABLE splits AS
SELECT customer_id, order_id, model, place, amount, sign(amount)::BIGINT * (base + CASE WHEN rank <= abs(amount) - given THEN 1 ELSE 0 END) AS credit
FROM (
    SELECT *, sum(base) OVER (PARTITION BY customer_id, order_id, model, amount) AS given,
        row_number() OVER (PARTITION BY customer_id, order_id, model, amount ORDER BY fraction DESC, place) AS rank
    FROM (
        SELECT w.*, a.amount,
            CASE WHEN model = 'time-decay' THEN floor(abs(a.amount) * share)::BIGINT
                ELSE (abs(a.amount) * weight::BIGINT) // total END AS base,
            CASE WHEN model = 'time-decay' THEN abs(a.amount) * share - floor(abs(a.amount) * share)
                ELSE ((abs(a.amount) * weight::BIGINT) % total) / total END AS fraction
        FROM (SELECT *, (sum(weight) OVER (PARTITION BY customer_id, order_id, model))::BIGINT AS total FROM weights) w
        JOIN (
            SELECT DISTINCT customer_id, order_id, amount::BIGINT AS amount FROM (
                SELECT customer_id, order_id, after AS amount FROM stages
                UNION ALL SELECT customer_id, order_id, before FROM stages
                UNION ALL SELECT customer_id, order_id, net FROM net_orders
                UNION ALL SELECT customer_id, order_id, margin FROM margins)) a USING (customer_id, order_id)));

CREATE OR REPLACE TABLE expected_credits AS
SELECT concat_ws('|', encoded(s.order_id), s.model, encoded(coalesce(p.click_id, 'none')), encoded(s.event_id)) AS key,
    s.credit AS credit_minor, s.currency, p.platform, p.campaign_id
FROM (
    SELECT a.customer_id, a.order_id, g.event_id, g.currency, a.model, a.place, a.credit - b.credit AS credit
    FROM stages g
    JOIN splits a ON a.customer_id = g.customer_id AND a.order_id = g.order_id AND a.amount = g.after
    JOIN splits b ON b.customer_id = g.customer_id AND b.order_id = g.order_id AND b.amount = g.before
        AND b.model = a.model AND b.place = a.place) s
JOIN paths p USING (customer_id, order_id, place)
WHERE s.credit <> 0;

CREATE OR REPLACE TABLE touch_segments AS
SELECT customer_id, order_id, place, paid_at, currency, s.dim, s.val
FROM (SELECT *, unnest([{'dim': 'all', 'val': ''}, {'dim': 'platform', 'val': coalesce(platform, 'none')},
    {'dim': 'campaign', 'val': coalesce(campaign_id, 'none')}]) AS s FROM paths);

INSERT INTO flow
SELECT 'credit', t.dim, t.val, o.currency, s.model, t.paid_at, s.credit, NULL, NULL
FROM splits s JOIN net_orders o ON o.customer_id = s.customer_id AND o.order_id = s.order_id AND s.amount = o.net
JOIN touch_segments t ON t.customer_id = s.customer_id AND t.order_id = s.order_id AND t.place = s.place
WHERE s.credit <> 0;

INSERT INTO flow
SELECT 'credit-margin', t.dim, t.val, o.currency, s.model, t.paid_at, s.credit, NULL, NULL
FROM splits s JOIN margins o ON o.customer_id = s.customer_id AND o.order_id = s.order_id AND s.amount = o.margin
JOIN touch_segments t ON t.customer_id = s.customer_id AND t.order_id = s.order_id AND t.place = s.place
WHERE s.credit <> 0;

-- What was credited for a while leaves its segments with empty windows.
INSERT INTO flow
SELECT DISTINCT 'credit', t.dim, t.val, g.currency, s.model, t.paid_at, 0, NULL::BIGINT, NULL::BIGINT
FROM stages g JOIN splits s ON s.customer_id = g.customer_id AND s.order_id = g.order_id AND s.amount = g.after
JOIN touch_segments t ON t.customer_id = s.customer_id AND t.order_id = s.order_id AND t.place = s.place
WHERE s.credit <> 0;
INSERT INTO flow SELECT * REPLACE ('credit-margin' AS measure) FROM flow WHERE measure = 'credit' AND amount = 0;

-- A line without a cost counts wholly wherever a touch has a share in its order.
INSERT INTO flow
SELECT 'credit-uncosted', t.dim, t.val, m.currency, w.model, t.paid_at, any_value(m.uncosted), NULL, NULL
FROM margins m
JOIN weights w ON w.customer_id = m.customer_id AND w.order_id = m.order_id AND w.weight > 0
JOIN touch_segments t ON t.customer_id = m.customer_id AND t.order_id = m.order_id AND t.place = w.place
WHERE m.uncosted > 0
GROUP BY m.customer_id, m.order_id, t.dim, t.val, m.currency, w.model, t.paid_at;
