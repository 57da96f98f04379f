-- Where an analyst would start. Money stays in minor units with its currency, since two currencies must not meet in one sum.

-- Every KPI by month, over everybody.
CREATE OR REPLACE VIEW kpi_by_month AS
SELECT period AS month, kpi, currency, model, value, numerator, denominator, n, low, high, state
FROM kpis_calendar
WHERE "window" = 'MONTH' AND segment_dimension = 'all';

-- How a return changed what was said of a month: the KPI gross and net beside each other.
CREATE OR REPLACE VIEW revenue_by_month AS
SELECT gross.period AS month, gross.currency, gross.value AS revenue_minor, net.value AS revenue_net_minor
FROM kpis_calendar gross
LEFT JOIN kpis_calendar net
  ON net.kpi = 'revenue-net' AND net."window" = gross."window" AND net.period = gross.period
  AND net.currency = gross.currency AND net.segment_dimension = gross.segment_dimension
WHERE gross.kpi = 'revenue' AND gross."window" = 'MONTH' AND gross.segment_dimension = 'all';

-- Customers by the month of their first paid order, and what became of them.
CREATE OR REPLACE VIEW customer_cohorts AS
SELECT to_char(first_paid_at AT TIME ZONE 'UTC', 'YYYY-MM') AS cohort,
       count(*) AS customers,
       count(*) FILTER (WHERE paid_orders > 1) AS repeat_customers,
       100.0 * count(*) FILTER (WHERE paid_orders > 1) / count(*) AS repeat_percent,
       count(*) FILTER (WHERE churn_level = 'LOST') AS lost_customers
FROM profiles
WHERE first_paid_at IS NOT NULL
GROUP BY cohort;

-- Net revenue of those cohorts, a row for each currency.
CREATE OR REPLACE VIEW cohort_revenue AS
SELECT to_char(first_paid_at AT TIME ZONE 'UTC', 'YYYY-MM') AS cohort,
       money ->> 'currency' AS currency,
       sum((money ->> 'net_minor')::bigint) AS net_minor
FROM profiles CROSS JOIN LATERAL jsonb_array_elements(revenue) AS money
WHERE first_paid_at IS NOT NULL
GROUP BY cohort, currency;

-- What campaigns earned and cost by month and attribution model. profit_minor is the attributed margin less the spend, NULL while an
-- attributed line lacks its unit cost.
CREATE OR REPLACE VIEW campaign_profit AS
SELECT roas.period AS month, roas.segment_value AS campaign, roas.currency, roas.model,
       roas.numerator AS attributed_minor, roas.denominator AS spend_minor, roas.value AS roas,
       CASE WHEN romi.value IS NOT NULL THEN romi.numerator END AS profit_minor, romi.value AS romi_percent
FROM kpis_calendar roas
LEFT JOIN kpis_calendar romi
  ON romi.kpi = 'romi' AND romi."window" = roas."window" AND romi.period = roas.period
  AND romi.segment_dimension = roas.segment_dimension AND romi.segment_value = roas.segment_value
  AND romi.currency = roas.currency AND romi.model = roas.model
WHERE roas.kpi = 'roas' AND roas."window" = 'MONTH' AND roas.segment_dimension = 'campaign';

-- Why whom is spared what now, and until when.
CREATE OR REPLACE VIEW suppression_overview AS
SELECT customer_id, scope, scope_value, state, reason, since, until, revision,
       cause ->> 'rule' AS rule, cause ->> 'policy_version' AS policy_version
FROM suppressions CROSS JOIN LATERAL jsonb_array_elements_text(reasons) AS reason;

-- Each step of each customer's churn level, with how long it lasted.
CREATE OR REPLACE VIEW churn_history AS
SELECT customer_id, previous_level, level, action, p_alive, decided_at,
       lead(decided_at) OVER (PARTITION BY customer_id ORDER BY decided_at, __connect_offset) AS left_at
FROM churn_signals;
