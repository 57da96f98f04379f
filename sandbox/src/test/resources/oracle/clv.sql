-- What is expected of customers at the ends of months, by what happened before each (DESIGN 6): purchases by MBG/NBD in the published
-- form with 2F1, times the value of a purchase by Gamma-Gamma, of those whose newest held purchase is at most 365 days old.

CREATE OR REPLACE TABLE month_ends AS
SELECT start, day_ms(next_of('MONTH', start)) AS ends
FROM (
    SELECT DISTINCT start_of('MONTH', day) AS start
    FROM (SELECT unnest(generate_series((SELECT min(day_of(ts)) FROM paid), day_of(getvariable('until_ms')), INTERVAL 1 DAY))::DATE AS day));

CREATE OR REPLACE TABLE lines_then AS
SELECT m.start, m.ends, l.customer_id, o.currency, day_of(l.ts) AS day, l.ts, l.quantity * l.price AS amount,
    l.quantity > coalesce(t.quantity, 0) AS held
FROM month_ends m
JOIN paid_lines l ON l.ts < m.ends
JOIN paid o USING (customer_id, order_id)
LEFT JOIN (
    SELECT ends, customer_id, order_id, idx, sum(quantity) AS quantity
    FROM taken JOIN month_ends ON taken_at < ends GROUP BY ALL
) t ON t.ends = m.ends AND t.customer_id = l.customer_id AND t.order_id = l.order_id AND t.idx = l.idx;

CREATE OR REPLACE TABLE days_then AS
SELECT start, customer_id, day, min(ts) AS ts, row_number() OVER (PARTITION BY start, customer_id ORDER BY day) AS nr
FROM lines_then WHERE held GROUP BY start, customer_id, day;

-- What was paid and what was paid back, by the currency of each.
CREATE OR REPLACE TABLE money_then AS
SELECT start, customer_id, currency, day, amount FROM lines_then
UNION ALL
SELECT m.start, t.customer_id, t.currency, day_of(l.ts), -t.amount
FROM month_ends m JOIN taken t ON t.taken_at < m.ends JOIN paid_lines l USING (customer_id, order_id, idx) WHERE l.ts < m.ends;

CREATE OR REPLACE TABLE prospects AS
SELECT m.start, m.ends, d.customer_id, c.currency, d.x, (d.last - d.first) / 604800000.0::DOUBLE AS recency,
    (m.ends - d.first) / 604800000.0::DOUBLE AS silence, coalesce(v.amount, 0) / 100.0::DOUBLE AS repeated
FROM (SELECT start, customer_id, count(*) - 1 AS x, min(ts) AS first, max(ts) AS last FROM days_then GROUP BY ALL) d
JOIN month_ends m USING (start)
JOIN (
    SELECT start, customer_id, min(currency) AS currency FROM money_then GROUP BY ALL HAVING count(DISTINCT currency) = 1
) c USING (start, customer_id)
LEFT JOIN (
    SELECT start, customer_id, sum(amount) AS amount
    FROM money_then JOIN days_then USING (start, customer_id, day) WHERE nr > 1 GROUP BY ALL
) v USING (start, customer_id)
WHERE d.last >= m.ends - 365 * 86400000::BIGINT
  AND NOT EXISTS (SELECT 1 FROM endings e WHERE e.customer_id = d.customer_id AND e.ts < m.ends);

CREATE OR REPLACE TABLE expected_values AS
SELECT start, customer_id, currency, CAST(round(100 * purchases
    * CASE WHEN repeated > 0 THEN p * (v + repeated) / (p * x + q - 1) ELSE p * v / (q - 1) END) AS BIGINT) AS minor
FROM (
    SELECT *, 1 / (1 + a / (b + x) * pow((alpha + silence) / (alpha + recency), r + x))
        * (a + b + x) / (a - 1) * (1 - pow(1 - z, s) * list_sum(list_transform(range(0, 400), lambda n:
            exp(lgamma(s + n) - lgamma(s) + lgamma(b + x + 1 + n) - lgamma(b + x + 1) - lgamma(a + b + x + n) + lgamma(a + b + x)
                + n * ln(z) - lgamma(n + 1.0))))) AS purchases
    FROM (SELECT *, r + x AS s, weeks / (alpha + silence + weeks) AS z FROM prospects, churn, worth));

INSERT INTO per_period SELECT 'clv-expected', 'all', '', currency, 'MONTH', start, sum(minor)::BIGINT FROM expected_values GROUP BY ALL;
INSERT INTO per_period SELECT 'clv-customers', 'all', '', currency, 'MONTH', start, count(*) FROM expected_values GROUP BY ALL;
