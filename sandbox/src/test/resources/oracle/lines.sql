-- The lines of the input files, typed as docs/topics.md says. The runner copies each file that is there into its table.

CREATE OR REPLACE TABLE surveys_lines(
    event_id VARCHAR, customer_id VARCHAR, occurred_at VARCHAR, response_id VARCHAR, kind VARCHAR, score BIGINT,
    scale_min BIGINT, scale_max BIGINT, higher_is_better BOOLEAN, touchpoint VARCHAR, channel VARCHAR, country VARCHAR,
    invitation_id VARCHAR, withdrawn BOOLEAN);
CREATE OR REPLACE TABLE orders_lines(
    event_id VARCHAR, customer_id VARCHAR, occurred_at VARCHAR, order_id VARCHAR, status VARCHAR,
    lines STRUCT(sku VARCHAR, category VARCHAR, quantity BIGINT, unit_price_minor BIGINT, unit_cost_minor BIGINT)[],
    currency VARCHAR, channel VARCHAR, country VARCHAR, platform VARCHAR, campaign_id VARCHAR);
CREATE OR REPLACE TABLE ad_clicks_lines(
    event_id VARCHAR, customer_id VARCHAR, occurred_at VARCHAR, click_id VARCHAR, platform VARCHAR, campaign_id VARCHAR,
    sku VARCHAR, category VARCHAR, cost_minor BIGINT, currency VARCHAR, country VARCHAR, retargeting BOOLEAN);
CREATE OR REPLACE TABLE support_lines(
    event_id VARCHAR, customer_id VARCHAR, occurred_at VARCHAR, ticket_id VARCHAR, status VARCHAR, topic VARCHAR,
    channel VARCHAR, author VARCHAR);
CREATE OR REPLACE TABLE customers_lines(
    event_id VARCHAR, customer_id VARCHAR, occurred_at VARCHAR, emails VARCHAR[], phones VARCHAR[], country VARCHAR);
CREATE OR REPLACE TABLE invitations_lines(
    event_id VARCHAR, customer_id VARCHAR, occurred_at VARCHAR, invitation_id VARCHAR, kind VARCHAR, touchpoint VARCHAR,
    channel VARCHAR);
CREATE OR REPLACE TABLE ad_spend_lines(
    event_id VARCHAR, occurred_at VARCHAR, platform VARCHAR, campaign_id VARCHAR, day DATE, spend_minor BIGINT, currency VARCHAR);
CREATE OR REPLACE TABLE leads_lines(
    event_id VARCHAR, occurred_at VARCHAR, lead_id VARCHAR, status VARCHAR, platform VARCHAR, campaign_id VARCHAR, channel VARCHAR);
CREATE OR REPLACE TABLE erasures_lines(event_id VARCHAR, customer_id VARCHAR, occurred_at VARCHAR);
