-- policy.yaml in tables: bounds of the value tiers, and what a purchase suppresses for how many days ('*': any other category).

CREATE OR REPLACE TABLE tiers(currency VARCHAR, mid BIGINT, high BIGINT);
INSERT INTO tiers VALUES ('EUR', 5000, 20000), ('GBP', 4000, 15000);

CREATE OR REPLACE TABLE rules(category VARCHAR, scope VARCHAR, days INTEGER);
INSERT INTO rules VALUES ('*', 'SKU', 60), ('coffee', 'CATEGORY', 30), ('audio', 'SKU', 90);
