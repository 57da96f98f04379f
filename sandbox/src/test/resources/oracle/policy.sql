-- policy.yaml in tables: bounds of the value tiers, and what a purchase suppresses for how many days ('*': any other category).

CREATE OR REPLACE TABLE tiers(currency VARCHAR, mid BIGINT, high BIGINT);
INSERT INTO tiers VALUES ('EUR', 5000, 20000), ('GBP', 4000, 15000);

CREATE OR REPLACE TABLE rules(category VARCHAR, scope VARCHAR, days INTEGER);
INSERT INTO rules VALUES ('*', 'SKU', 60), ('coffee', 'CATEGORY', 30), ('audio', 'SKU', 90);

CREATE OR REPLACE TABLE churn AS
SELECT 0.5::DOUBLE AS r, 6.0::DOUBLE AS alpha, 0.9::DOUBLE AS a, 1.6::DOUBLE AS b,
    0.6::DOUBLE AS watch, 0.45::DOUBLE AS at_risk, 0.35::DOUBLE AS lost,
    0.15::DOUBLE AS detractor, 0.10::DOUBLE AS low_csat, 0.05::DOUBLE AS high_effort, 0.10::DOUBLE AS reopened_ticket,
    0.05::DOUBLE AS stale_ticket, 0.05::DOUBLE AS returned_order;

CREATE OR REPLACE TABLE worth AS SELECT 6.25::DOUBLE AS p, 3.74::DOUBLE AS q, 15.44::DOUBLE AS v, 90 / 7.0::DOUBLE AS weeks;
