-- New customers by their last click, and the days with a click that led to an order.

INSERT INTO flow
SELECT 'new-customers', s.dim, s.val, '', '', ts, 1, NULL, NULL
FROM (
    SELECT f.ts, unnest([
        {'dim': 'all', 'val': ''}, {'dim': 'country', 'val': f.country}, {'dim': 'channel', 'val': f.channel},
        {'dim': 'platform', 'val': coalesce(c.platform, 'none')}, {'dim': 'campaign', 'val': coalesce(c.campaign_id, 'none')}]) AS s
    FROM first_orders f LEFT JOIN (
        SELECT o.customer_id, arg_max(c.platform, {'ts': c.ts, 'id': c.event_id}) AS platform,
            arg_max(c.campaign_id, {'ts': c.ts, 'id': c.event_id}) AS campaign_id
        FROM first_orders o JOIN clicks c USING (customer_id)
        WHERE c.ts BETWEEN o.ts - 30 * 86400000::BIGINT AND o.ts GROUP BY o.customer_id) c USING (customer_id));

CREATE OR REPLACE TABLE click_days AS
SELECT customer_id, s.dim, s.val, min(ts) AS ts
FROM (SELECT customer_id, ts, unnest([
        {'dim': 'all', 'val': ''}, {'dim': 'platform', 'val': platform}, {'dim': 'campaign', 'val': campaign_id}]) AS s FROM clicks)
GROUP BY customer_id, s.dim, s.val, day_of(ts);

INSERT INTO flow SELECT 'click-days', dim, val, '', '', ts, 1, NULL, NULL FROM click_days;
INSERT INTO flow
SELECT 'converted-click-days', dim, val, '', '', ts, 1, NULL, NULL FROM click_days d
WHERE EXISTS (FROM paid p WHERE p.customer_id = d.customer_id AND p.ts BETWEEN d.ts AND d.ts + 30 * 86400000::BIGINT);
