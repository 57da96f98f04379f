-- What was published beside what must be. Whole numbers are equal or not; quotients to 1e-9; a quantile also lies within 2 % of
-- the true value.

CREATE OR REPLACE MACRO near(a, b) AS (a IS NULL AND b IS NULL) OR coalesce(abs(a - b) <= 1e-9 * greatest(1, abs(a)), false);

CREATE OR REPLACE TABLE differences AS
SELECT coalesce(e.key, f.key) AS key,
    CASE WHEN e.key IS NULL THEN 'no value'
        ELSE concat_ws(' ', e.value, e.numerator, '/', e.denominator, 'n', e.n, e.low, e.high, e.state, e.exact) END AS expected,
    CASE WHEN f.key IS NULL THEN 'no value'
        ELSE concat_ws(' ', f.value, f.numerator, '/', f.denominator, 'n', f.n, f.low, f.high, f.state) END AS found
FROM expected e FULL JOIN found f ON e.key = f.key AND e.calendar = f.calendar
WHERE e.key IS NULL OR f.key IS NULL
   OR NOT near(e.value, f.value) OR NOT near(e.low, f.low) OR NOT near(e.high, f.high)
   OR NOT CASE WHEN e.numerator = round(e.numerator) THEN e.numerator = f.numerator ELSE near(e.numerator, f.numerator) END
   OR e.denominator <> f.denominator OR e.n <> f.n
   OR e.promoters IS DISTINCT FROM f.promoters OR e.passives IS DISTINCT FROM f.passives OR e.detractors IS DISTINCT FROM f.detractors
   OR e.state IS DISTINCT FROM f.state OR (e.state = 'FINAL') <> (f.revision > 0)
   OR abs(f.value - e.exact) > 0.02 * e.exact
   OR (e.state IS DISTINCT FROM 'FINAL' AND f.as_of <> strftime(make_timestamp(getvariable('until_ms') * 1000), '%Y-%m-%dT%H:%M:%S.%gZ'));
