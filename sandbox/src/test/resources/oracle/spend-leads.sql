-- What campaigns cost by day, the newest figure of each; leads at their creation, by their newest status.

CREATE OR REPLACE TABLE figures AS
SELECT *, row_number() OVER (PARTITION BY platform, campaign_id, day ORDER BY ts DESC, event_id DESC) = 1 AS counts,
    [{'dim': 'all', 'val': ''}, {'dim': 'platform', 'val': platform}, {'dim': 'campaign', 'val': campaign_id}] AS segments
FROM spend;

-- A figure that was replaced leaves its segments with empty windows.
INSERT INTO flow
SELECT 'spend', s.dim, s.val, currency, '', day_ms(day), CASE WHEN counts THEN spend_minor ELSE 0 END, NULL, NULL
FROM (SELECT *, unnest(segments) AS s FROM figures);

CREATE OR REPLACE TABLE lead_marks AS
SELECT *,
    row_number() OVER (PARTITION BY lead_id ORDER BY status <> 'CREATED', ts, event_id) AS creation,
    row_number() OVER (PARTITION BY lead_id
        ORDER BY ts DESC, list_position(['CREATED', 'QUALIFIED', 'WON', 'LOST', 'INVALID'], status) DESC, event_id DESC) AS newest
FROM lead_steps;

CREATE OR REPLACE TABLE leads AS
SELECT c.ts, n.status, [{'dim': 'all', 'val': ''}, {'dim': 'platform', 'val': coalesce(c.platform, 'none')},
    {'dim': 'campaign', 'val': coalesce(c.campaign_id, 'none')}, {'dim': 'channel', 'val': c.channel}] AS segments
FROM lead_marks c JOIN lead_marks n USING (lead_id) WHERE c.creation = 1 AND n.newest = 1;

INSERT INTO flow
SELECT 'leads', s.dim, s.val, '', '', ts, CASE WHEN status = 'INVALID' THEN 0 ELSE 1 END, NULL, NULL
FROM (SELECT *, unnest(segments) AS s FROM leads);
INSERT INTO flow
SELECT 'leads-won', s.dim, s.val, '', '', ts, 1, NULL, NULL
FROM (SELECT *, unnest(segments) AS s FROM leads WHERE status = 'WON');
