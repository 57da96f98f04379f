-- From facts to the values that must have been published: every KPI in each segment that has facts, over every window (also
-- when it is empty by now), and in each period that has facts (a running total: in each since its first) and has begun.

-- Amounts by window and by period under one roof: span is the window or kind of period, start its first day.
CREATE OR REPLACE MACRO no_day() AS DATE '1000-01-01';
CREATE OR REPLACE TABLE amounts AS
SELECT measure, dim, val, cur, model, win AS span, no_day() AS start, sum(amount)::BIGINT AS amount, false AS brings
FROM flow JOIN measures USING (measure) JOIN windows ON NOT gauge
    AND ts // pane_ms BETWEEN getvariable('until_ms') // pane_ms - panes + 1 AND getvariable('until_ms') // pane_ms
GROUP BY ALL
UNION ALL
SELECT measure, dim, val, cur, model, 'PT0S', no_day(), sum(amount)::BIGINT, false
FROM flow JOIN measures USING (measure) WHERE gauge GROUP BY ALL
UNION ALL
SELECT measure, dim, val, cur, model, kind, start_of(kind, day), sum(amount)::BIGINT, bool_or(amount <> 0)
FROM (
    SELECT measure, dim, val, cur, model, bucket, day_of(ts) AS day, sum(amount) AS amount
    FROM flow JOIN measures USING (measure)
    WHERE NOT gauge AND measure NOT IN ('buyers', 'repeat-buyers', 'repeat-buyers-days') GROUP BY ALL), kinds
GROUP BY ALL
UNION ALL
SELECT measure, dim, val, cur, '', kind, start, sum(amount)::BIGINT, sum(amount) <> 0 FROM per_period GROUP BY ALL
UNION ALL
SELECT measure, dim, val, cur, model, kind, start, sum(amount)::BIGINT, bool_or(amount <> 0)
FROM (
    SELECT measure, dim, val, cur, model, day_of(ts) AS day, sum(amount) AS amount
    FROM flow JOIN measures USING (measure) WHERE gauge GROUP BY ALL)
JOIN (
    SELECT DISTINCT kind, start_of(kind, day) AS start
    FROM kinds, (SELECT unnest(generate_series(
        coalesce((SELECT min(day_of(ts)) FROM flow), day_of(getvariable('until_ms'))), day_of(getvariable('until_ms')), INTERVAL 1 DAY))::DATE AS day)
) ON day < next_of(kind, start)
GROUP BY ALL;

-- Which variants had facts, and in which periods.
CREATE OR REPLACE TABLE variants AS
WITH births AS (
    -- Facts of a day that cancel out are none; at which levels customers were, and what was read, is not told by day.
    SELECT DISTINCT measure, dim, val, cur, model, NULL AS span, no_day() AS start, true AS brings
    FROM (
        SELECT measure, dim, val, cur, model, day_of(ts) AS day, bucket, sum(amount) AS amount FROM flow GROUP BY ALL)
    WHERE amount <> 0 OR measure = 'churn-level' OR measure LIKE 'records-%'
    UNION ALL
    SELECT measure, dim, val, cur, model, span, start, brings FROM amounts WHERE start <> no_day()
)
SELECT DISTINCT kpi, dim, val, CASE WHEN by_cur THEN cur ELSE '' END AS cur, CASE WHEN by_model THEN m ELSE '' END AS model, span, start
FROM (
    SELECT b.* EXCLUDE (span), t.kpi, r.by_cur, r.by_model,
        CASE WHEN by_model AND b.model = '' THEN x.model ELSE b.model END AS m,
        unnest(CASE WHEN b.span IS NULL THEN k.wins ELSE [b.span] END) AS span
    FROM births b
    JOIN terms t USING (measure) JOIN kpis k USING (kpi) JOIN traits r USING (kpi)
    LEFT JOIN models x ON by_model AND b.model = ''
    WHERE (NOT r.by_cur OR b.cur <> '') AND NOT (b.start <> no_day() AND t.ever)
      AND CASE WHEN b.start = no_day() THEN list_contains(k.dims, b.dim)
          ELSE b.brings AND day_ms(b.start) <= getvariable('until_ms') AND list_contains(k.period_dims, b.dim) AND list_contains(k.kinds, b.span) END);

CREATE OR REPLACE TABLE sums AS
SELECT v.kpi, v.dim, v.val, v.cur, v.model, v.span, v.start,
    coalesce(sum(t.weight * a.amount / t.divisor) FILTER (WHERE t.part = 'num'), 0) AS numerator,
    CASE WHEN bool_or(t.part = 'den') THEN coalesce(sum(t.weight * a.amount) FILTER (WHERE t.part = 'den'), 0) ELSE 1 END AS denominator,
    CASE WHEN bool_or(t.part = 'n') THEN coalesce(sum(t.weight * a.amount) FILTER (WHERE t.part = 'n'), 0) END AS observations,
    bool_or(t.part = 'den') AS divided,
    coalesce(sum(a.amount) FILTER (WHERE t.part = 'unless'), 0) AS obstacles,
    coalesce(max(a.amount) FILTER (WHERE t.measure = 'nps-promoters'), 0) AS promoters,
    coalesce(max(a.amount) FILTER (WHERE t.measure = 'nps-passives'), 0) AS passives,
    coalesce(max(a.amount) FILTER (WHERE t.measure = 'nps-detractors'), 0) AS detractors
FROM variants v
JOIN kpis k USING (kpi)
JOIN terms t USING (kpi)
JOIN measures m USING (measure)
LEFT JOIN (
    SELECT * EXCLUDE (brings) FROM amounts
    UNION ALL
    SELECT measure, dim, val, cur, model, 'ever', no_day(), sum(amount)::BIGINT FROM amounts WHERE start <> no_day() GROUP BY ALL
) a ON a.measure = t.measure AND a.dim = v.dim AND a.val = v.val
    AND a.cur = CASE WHEN m.by_cur THEN v.cur ELSE '' END AND a.model = CASE WHEN m.by_model THEN v.model ELSE '' END
    AND a.span = CASE WHEN t.ever THEN 'ever' ELSE v.span END AND a.start = CASE WHEN t.ever THEN no_day() ELSE v.start END
WHERE k.percent IS NULL
GROUP BY ALL;

-- The value of rank ⌈q·n⌉ itself, and the geometric middle of its bucket.
CREATE OR REPLACE TABLE ranked AS
SELECT *, row_number() OVER (PARTITION BY measure, dim, val, cur, span, start ORDER BY exact) AS nr,
    count(*) OVER (PARTITION BY measure, dim, val, cur, span, start) AS n
FROM (
    SELECT measure, dim, val, cur, win AS span, no_day() AS start, exact, bucket
    FROM flow JOIN windows
        ON ts // pane_ms BETWEEN getvariable('until_ms') // pane_ms - panes + 1 AND getvariable('until_ms') // pane_ms
    WHERE exact IS NOT NULL
    UNION ALL
    SELECT measure, dim, val, cur, kind, start_of(kind, day_of(ts)), exact, bucket FROM flow, kinds WHERE exact IS NOT NULL);

CREATE OR REPLACE TABLE quantiles AS
WITH at_rank AS (
    SELECT k.kpi, r.* FROM ranked r JOIN terms t USING (measure) JOIN kpis k USING (kpi)
    WHERE k.percent IS NOT NULL AND r.nr = (r.n * k.percent + 99) // 100
)
SELECT kpi, dim, val, cur, v.model, span, start, coalesce(r.n, 0) AS n, coalesce(r.nr, 0) AS rank, r.exact,
    CASE WHEN r.exact = 0 THEN 0 ELSE pow(1.02, r.bucket - 0.5) END AS middle
FROM variants v LEFT JOIN at_rank r USING (kpi, dim, val, cur, span, start)
WHERE kpi IN (SELECT kpi FROM kpis WHERE percent IS NOT NULL);

CREATE OR REPLACE TABLE expected AS
WITH all_values AS (
    SELECT kpi, dim, val, cur, model, span, start,
        CASE WHEN denominator <> 0 AND obstacles = 0 THEN scale * numerator / denominator END AS value,
        numerator, denominator, coalesce(observations, CASE WHEN divided THEN denominator ELSE numerator END) AS n,
        bounds, promoters, passives, detractors, NULL AS exact
    FROM sums JOIN kpis USING (kpi)
    UNION ALL
    SELECT kpi, dim, val, cur, model, span, start, CASE WHEN n > 0 THEN middle END, rank, n, n, NULL, NULL, NULL, NULL, exact FROM quantiles
), bounded AS (
    SELECT *, 1.959963984540054 AS z, denominator + 3 AS m, (promoters + 0.75) / (denominator + 3) AS p, (detractors + 0.75) / (denominator + 3) AS d,
        numerator / nullif(denominator, 0) AS share
    FROM all_values
)
SELECT kpi || '|' || segment(dim, val, cur, model) || '|' || span || CASE WHEN start = no_day() THEN '' ELSE '|' || name_of(span, start) END AS key,
    start <> no_day() AS calendar, value, numerator, denominator, n::BIGINT AS n, exact,
    CASE WHEN denominator > 0 THEN CASE b.bounds
        WHEN 'nps' THEN greatest(-100, 100 * (p - d - z * sqrt((p + d - (p - d) * (p - d)) / m)))
        WHEN 'wilson' THEN 100 * (share + z * z / (2 * denominator)
            - z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator * denominator))) / (1 + z * z / denominator) END END AS low,
    CASE WHEN denominator > 0 THEN CASE b.bounds
        WHEN 'nps' THEN least(100, 100 * (p - d + z * sqrt((p + d - (p - d) * (p - d)) / m)))
        WHEN 'wilson' THEN 100 * (share + z * z / (2 * denominator)
            + z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator * denominator))) / (1 + z * z / denominator) END END AS high,
    CASE b.bounds WHEN 'nps' THEN promoters END AS promoters, CASE b.bounds WHEN 'nps' THEN passives END AS passives,
    CASE b.bounds WHEN 'nps' THEN detractors END AS detractors,
    CASE WHEN start <> no_day() THEN CASE
        WHEN getvariable('until_ms') >= day_ms(next_of(span, start)) + (1 + matures) * 86400000::BIGINT THEN 'FINAL' ELSE 'PROVISIONAL' END END AS state
FROM bounded b JOIN kpis USING (kpi)
-- Facts may lie in a period that has not begun: of it nothing is said yet.
WHERE start = no_day() OR day_ms(start) <= getvariable('until_ms');
