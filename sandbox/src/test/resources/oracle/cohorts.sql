-- Customers by the month of their first order, and what became of them in each month.

CREATE OR REPLACE TABLE cohort_of AS SELECT customer_id, strftime(day_of(ts), '%Y-%m') AS cohort FROM first_orders;

INSERT INTO per_period
SELECT 'cohort-customers', 'cohort', c.cohort, '', 'MONTH', start_of('MONTH', day_of(f.ts)), 1
FROM cohort_of c JOIN first_orders f USING (customer_id);
INSERT INTO per_period
SELECT 'cohort-active', 'cohort', cohort, '', 'MONTH', start, 1
FROM cohort_of JOIN period_buyers USING (customer_id) WHERE kind = 'MONTH' AND dim = 'all';
INSERT INTO per_period
SELECT 'cohort-net', 'cohort', cohort, currency, 'MONTH', start_of('MONTH', day_of(ts)), net
FROM cohort_of JOIN net_orders USING (customer_id);
