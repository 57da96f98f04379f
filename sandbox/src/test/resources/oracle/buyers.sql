-- Distinct people: over windows by their newest payments, in periods counted anew; retention and lifetime value.

INSERT INTO flow
SELECT CASE nr WHEN 1 THEN 'buyers' ELSE 'repeat-buyers' END, dim, val, '', '', ts, 1, NULL, NULL
FROM (
    SELECT dim, val, ts, row_number() OVER (PARTITION BY customer_id, dim, val ORDER BY ts DESC, order_id DESC) AS nr
    FROM order_segments)
WHERE nr <= 2;

INSERT INTO flow
SELECT 'repeat-buyers-days', dim, val, '', '', newest, 1, NULL, NULL
FROM (
    SELECT dim, val, max(ts) AS newest, row_number() OVER (PARTITION BY customer_id, dim, val ORDER BY max(ts) DESC) AS nr
    FROM order_segments GROUP BY customer_id, dim, val, day_of(ts))
WHERE nr = 2;

CREATE OR REPLACE TABLE period_buyers AS
SELECT customer_id, dim, val, kind, start_of(kind, day_of(ts)) AS start, count(*) AS orders, count(DISTINCT day_of(ts)) AS days
FROM order_segments, kinds
WHERE dim IN ('all', 'channel', 'country', 'category')
GROUP BY ALL;

INSERT INTO per_period SELECT 'buyers', dim, val, '', kind, start, 1 FROM period_buyers;
INSERT INTO per_period SELECT 'repeat-buyers', dim, val, '', kind, start, 1 FROM period_buyers WHERE orders >= 2;
INSERT INTO per_period SELECT 'repeat-buyers-days', dim, val, '', kind, start, 1 FROM period_buyers WHERE days >= 2;

INSERT INTO per_period
SELECT 'retention-base', dim, val, '', kind, next_of(kind, start), 1 FROM period_buyers WHERE dim IN ('all', 'country');
INSERT INTO per_period
SELECT 'retained', b.dim, b.val, '', b.kind, b.start, 1
FROM period_buyers b
JOIN period_buyers a ON a.customer_id = b.customer_id AND a.dim = b.dim AND a.val = b.val AND a.kind = b.kind
    AND next_of(a.kind, a.start) = b.start
WHERE b.dim IN ('all', 'country');

CREATE OR REPLACE TABLE first_orders AS
SELECT * EXCLUDE (nr) FROM (
    SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY ts, order_id) AS nr FROM paid)
WHERE nr = 1;

-- By the country of the very first order; a customer counts in each currency at the first order in it.
INSERT INTO flow
SELECT 'ltv-net', s.dim, s.val, currency, '', ts, net, NULL, NULL
FROM (SELECT o.ts, o.currency, o.net, unnest([{'dim': 'all', 'val': ''}, {'dim': 'country', 'val': f.country}]) AS s
      FROM net_orders o JOIN first_orders f USING (customer_id));
INSERT INTO flow
SELECT 'ltv-customers', s.dim, s.val, currency, '', ts, 1, NULL, NULL
FROM (SELECT min(o.ts) AS ts, o.currency, unnest([{'dim': 'all', 'val': ''}, {'dim': 'country', 'val': f.country}]) AS s
      FROM paid o JOIN first_orders f USING (customer_id) GROUP BY customer_id, o.currency, f.country);
