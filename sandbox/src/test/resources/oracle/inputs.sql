-- What replay read: every line once, none after `until`, none that the intake refuses (DESIGN: empty lines, NPS not on 0-10).
-- Variables: until_ms. The files are loaded into the *_lines tables by the runner, after this script's first half.

CREATE OR REPLACE TABLE windows(win VARCHAR, pane_ms BIGINT, panes BIGINT);
INSERT INTO windows VALUES
    ('PT1H', 60000, 60), ('PT24H', 3600000, 24), ('P7D', 3600000, 168), ('P30D', 86400000, 30), ('P90D', 86400000, 90);

-- Facts: what counts at which instant, in which segment. bucket is the logarithmic one, exact the value itself.
CREATE OR REPLACE TABLE flow(
    measure VARCHAR, dim VARCHAR, val VARCHAR, cur VARCHAR, model VARCHAR, ts BIGINT, amount BIGINT, bucket BIGINT, exact BIGINT);
-- Counted anew for each period.
CREATE OR REPLACE TABLE per_period(
    measure VARCHAR, dim VARCHAR, val VARCHAR, cur VARCHAR, kind VARCHAR, start DATE, amount BIGINT);

CREATE OR REPLACE MACRO instant(ms) AS make_timestamp(ms * 1000);
CREATE OR REPLACE MACRO day_of(ms) AS CAST(make_timestamp(ms * 1000) AS DATE);
CREATE OR REPLACE MACRO day_ms(day) AS epoch_ms(CAST(day AS TIMESTAMP));
CREATE OR REPLACE MACRO start_of(kind, day) AS
    CAST(CASE kind WHEN 'DAY' THEN day WHEN 'WEEK' THEN date_trunc('week', day) ELSE date_trunc('month', day) END AS DATE);
CREATE OR REPLACE MACRO next_of(kind, start) AS
    CAST(CASE kind WHEN 'DAY' THEN start + INTERVAL 1 DAY WHEN 'WEEK' THEN start + INTERVAL 7 DAY ELSE start + INTERVAL 1 MONTH END AS DATE);
CREATE OR REPLACE MACRO name_of(kind, start) AS
    CASE kind WHEN 'DAY' THEN strftime(start, '%Y-%m-%d') WHEN 'WEEK' THEN strftime(start, '%G-W%V') ELSE strftime(start, '%Y-%m') END;
CREATE OR REPLACE MACRO bucket_of(v) AS CASE WHEN v = 0 THEN NULL ELSE CAST(ceil(ln(v) / ln(1.02)) AS BIGINT) END;

CREATE OR REPLACE VIEW kinds AS SELECT unnest(['DAY', 'WEEK', 'MONTH']) AS kind;

-- An erasure leaves what happened as it was counted and begins a new customer; only what counts those who are there falls with it.
CREATE OR REPLACE TABLE erasures AS
SELECT DISTINCT *, epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM erasures_lines
WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms');
CREATE OR REPLACE MACRO person(customer, since) AS
    (SELECT customer || repeat('#', count(*)) FROM erasures e WHERE e.customer_id = customer AND e.ts < since);

-- When each of these customers ended.
CREATE OR REPLACE TABLE endings AS
SELECT person(customer_id, ts) AS customer_id, ts FROM (SELECT DISTINCT customer_id, ts FROM erasures);

CREATE OR REPLACE TABLE surveys AS
SELECT * EXCLUDE (nr) FROM (
    SELECT *, row_number() OVER (PARTITION BY customer_id, response_id, ts ORDER BY event_id) AS nr
    FROM (SELECT DISTINCT * REPLACE (person(customer_id, epoch_ms(CAST(occurred_at AS TIMESTAMP))) AS customer_id),
        epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM surveys_lines)
    WHERE ts <= getvariable('until_ms')
      AND (kind <> 'NPS' OR (scale_min = 0 AND scale_max = 10 AND higher_is_better)) AND score BETWEEN scale_min AND scale_max
) WHERE nr = 1;

CREATE OR REPLACE TABLE order_events AS
SELECT * EXCLUDE (nr) FROM (
    SELECT *, row_number() OVER (
        PARTITION BY customer_id,
            CASE WHEN status IN ('CANCELLED', 'RETURNED') THEN event_id ELSE order_id END, status
        ORDER BY ts, event_id) AS nr
    FROM (SELECT DISTINCT * REPLACE (person(customer_id, epoch_ms(CAST(occurred_at AS TIMESTAMP))) AS customer_id),
        epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM orders_lines)
    WHERE ts <= getvariable('until_ms') AND (status = 'CANCELLED' OR len(lines) > 0)
) WHERE nr = 1;

CREATE OR REPLACE TABLE clicks AS
SELECT * EXCLUDE (nr) FROM (
    SELECT *, row_number() OVER (PARTITION BY customer_id, click_id ORDER BY ts, event_id) AS nr
    FROM (SELECT DISTINCT * REPLACE (person(customer_id, epoch_ms(CAST(occurred_at AS TIMESTAMP))) AS customer_id),
        epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM ad_clicks_lines)
    WHERE ts <= getvariable('until_ms')
) WHERE nr = 1;

CREATE OR REPLACE TABLE steps AS
SELECT * EXCLUDE (nr) FROM (
    SELECT *, row_number() OVER (PARTITION BY customer_id, ticket_id, status, ts ORDER BY event_id) AS nr,
        list_position(['OPENED', 'REPLIED', 'RESOLVED', 'CLOSED', 'REOPENED'], status) AS rank
    FROM (SELECT DISTINCT * REPLACE (person(customer_id, epoch_ms(CAST(occurred_at AS TIMESTAMP))) AS customer_id),
        epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM support_lines)
    WHERE ts <= getvariable('until_ms')
) WHERE nr = 1;

CREATE OR REPLACE TABLE contacts AS
SELECT DISTINCT * REPLACE (person(customer_id, epoch_ms(CAST(occurred_at AS TIMESTAMP))) AS customer_id),
    epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM customers_lines
WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms');

CREATE OR REPLACE TABLE invitations AS
SELECT DISTINCT * REPLACE (person(customer_id, epoch_ms(CAST(occurred_at AS TIMESTAMP))) AS customer_id),
    epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM invitations_lines
WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms');

CREATE OR REPLACE TABLE spend AS
SELECT DISTINCT *, epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM ad_spend_lines
WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms');

CREATE OR REPLACE TABLE lead_steps AS
SELECT DISTINCT *, epoch_ms(CAST(occurred_at AS TIMESTAMP)) AS ts FROM leads_lines
WHERE epoch_ms(CAST(occurred_at AS TIMESTAMP)) <= getvariable('until_ms');
