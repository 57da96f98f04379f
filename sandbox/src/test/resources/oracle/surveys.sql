-- NPS, CSAT, CES and the response rate (DESIGN 7). The latest version of an answer is live unless withdrawn.

CREATE OR REPLACE TABLE versions AS
SELECT *, row_number() OVER (PARTITION BY customer_id, response_id ORDER BY ts DESC) = 1 AND NOT withdrawn AS live,
    [{'dim': 'all', 'val': ''}, {'dim': 'touchpoint', 'val': touchpoint}, {'dim': 'channel', 'val': channel},
     {'dim': 'country', 'val': coalesce(country, 'unknown')}] AS segments,
    CASE WHEN higher_is_better THEN score - scale_min ELSE scale_max - score END AS distance,
    scale_max - scale_min AS range
FROM surveys;

-- One vote per person: in each segment the latest answer of those that fall in it.
CREATE OR REPLACE TABLE votes AS
SELECT * FROM (
    SELECT s.dim, s.val, ts, score,
        row_number() OVER (PARTITION BY customer_id, s.dim, s.val ORDER BY ts DESC, response_id DESC) AS nr
    FROM (SELECT *, unnest(segments) AS s FROM versions WHERE live AND kind = 'NPS')
) WHERE nr = 1;

INSERT INTO flow
SELECT CASE WHEN score >= 9 THEN 'nps-promoters' WHEN score >= 7 THEN 'nps-passives' ELSE 'nps-detractors' END,
    dim, val, '', '', ts, 1, NULL, NULL
FROM votes;

INSERT INTO flow
SELECT m.measure, s.dim, s.val, '', '', ts, m.amount, NULL, NULL
FROM (
    SELECT ts, s, unnest(
        CASE kind WHEN 'CSAT' THEN [
            {'measure': 'csat-answers', 'amount': 1},
            {'measure': 'csat-satisfied', 'amount': CASE WHEN 4 * distance >= 3 * range THEN 1 ELSE 0 END},
            {'measure': 'csat-score', 'amount': distance * (25200000000 // range)}]
        ELSE [
            {'measure': 'ces-answers', 'amount': 1},
            {'measure': 'ces-easy', 'amount': CASE WHEN 6 * distance >= 5 * range THEN 1 ELSE 0 END},
            {'measure': 'ces-score', 'amount': distance * (25200000000 // range)}] END) AS m
    FROM (SELECT ts, kind, distance, range, unnest(segments) AS s FROM versions WHERE live AND kind <> 'NPS'));

-- Every version counted for a while, which leaves its segments with empty windows.
INSERT INTO flow
SELECT CASE kind WHEN 'NPS' THEN 'nps-passives' WHEN 'CSAT' THEN 'csat-answers' ELSE 'ces-answers' END,
    s.dim, s.val, '', '', ts, 0, NULL, NULL
FROM (SELECT kind, ts, unnest(segments) AS s FROM versions WHERE NOT withdrawn AND NOT live);

-- An invitation is answered once a live answer of its customer names it.
INSERT INTO flow
SELECT m.measure, s.dim, s.val, '', '', ts, m.amount, NULL, NULL
FROM (
    SELECT ts, s, unnest([
        {'measure': 'invitations', 'amount': 1},
        {'measure': 'invitations-answered', 'amount': CASE WHEN answered THEN 1 ELSE 0 END}]) AS m
    FROM (
        SELECT i.ts, EXISTS (
                FROM versions v WHERE v.live AND v.customer_id = i.customer_id AND v.invitation_id = i.invitation_id) AS answered,
            unnest([{'dim': 'all', 'val': ''}, {'dim': 'touchpoint', 'val': i.touchpoint}, {'dim': 'channel', 'val': i.channel}]) AS s
        FROM invitations i));
