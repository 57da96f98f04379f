-- What replay wrote. The runner loads the files into these tables.

CREATE OR REPLACE TABLE found_lines(
    key VARCHAR, value STRUCT("value" DOUBLE, numerator DOUBLE, denominator DOUBLE, n BIGINT, low DOUBLE, high DOUBLE,
        promoters BIGINT, passives BIGINT, detractors BIGINT, state VARCHAR, revision BIGINT, as_of VARCHAR));
CREATE OR REPLACE TABLE found_credit_lines(
    key VARCHAR, value STRUCT(credit_minor BIGINT, currency VARCHAR, platform VARCHAR, campaign_id VARCHAR));
-- At which levels customers were before now is not computed, so that a level where nobody is any more is left out.
CREATE OR REPLACE VIEW found AS SELECT key, value.state IS NOT NULL AS calendar, value.* FROM found_lines
WHERE NOT (key LIKE 'churn-level|%' AND value.numerator = 0)
-- Follows from what was told to platforms; held against that, and in the unit tests against the events.
    AND NOT key LIKE 'audience-members|%';
CREATE OR REPLACE VIEW found_credits AS SELECT key, value.* FROM found_credit_lines;
