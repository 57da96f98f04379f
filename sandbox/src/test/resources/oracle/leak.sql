-- Clicks on retargeting, and those of them on what was suppressed then because it had been bought (DESIGN 5 and 7).

CREATE OR REPLACE TABLE retargeted AS
SELECT *, [{'dim': 'all', 'val': ''}, {'dim': 'platform', 'val': platform}, {'dim': 'campaign', 'val': campaign_id}] AS segments
FROM clicks WHERE retargeting AND cost_minor <> 0;

-- Lines by what they suppress and for how long.
CREATE OR REPLACE TABLE suppressing AS
SELECT l.*, coalesce(r.scope, d.scope) AS scope, CASE coalesce(r.scope, d.scope) WHEN 'SKU' THEN l.sku ELSE l.category END AS what,
    coalesce(r.days, d.days) AS days
FROM paid_lines l LEFT JOIN rules r ON r.category = l.category, (FROM rules WHERE category = '*') d;

CREATE OR REPLACE TABLE leaks AS
SELECT DISTINCT c.click_id
FROM retargeted c
JOIN suppressing l ON l.customer_id = c.customer_id AND l.ts <= c.ts
    AND CASE l.scope WHEN 'SKU' THEN l.what = c.sku ELSE l.what = c.category END
WHERE l.ts + l.days * 86400000::BIGINT > c.ts
  AND l.quantity > coalesce((
    SELECT sum(t.quantity) FROM taken t
    WHERE t.customer_id = l.customer_id AND t.order_id = l.order_id AND t.idx = l.idx AND t.taken_at <= c.ts), 0);

INSERT INTO flow
SELECT 'retargeting-cost', s.dim, s.val, currency, '', ts, cost_minor, NULL, NULL
FROM (SELECT *, unnest(segments) AS s FROM retargeted);
INSERT INTO flow
SELECT 'leak-cost', s.dim, s.val, currency, '', ts, cost_minor, NULL, NULL
FROM (SELECT *, unnest(segments) AS s FROM retargeted JOIN leaks USING (click_id));
