-- Generated from the Avro contracts; do not edit. New fields become columns by themselves (schema.evolution=basic).

CREATE TABLE IF NOT EXISTS profiles (
  "record_key" text NOT NULL,
  "customer_id" text NOT NULL,
  "first_seen_at" timestamptz NOT NULL,
  "last_seen_at" timestamptz NOT NULL,
  "paid_orders" integer NOT NULL,
  "paid_order_days" integer NOT NULL,
  "first_paid_at" timestamptz,
  "last_paid_at" timestamptz,
  "returned_orders" integer NOT NULL,
  "revenue" jsonb NOT NULL,
  "nps" jsonb,
  "csat" jsonb,
  "ces" jsonb,
  "tickets" integer NOT NULL,
  "open_tickets" integer NOT NULL,
  "clicks" integer NOT NULL,
  "churn_level" text NOT NULL,
  "p_alive" double precision,
  "clv_minor" bigint,
  "value_tier" text,
  "active_suppressions" integer NOT NULL,
  "ad_consent" text NOT NULL,
  "recent_touches" jsonb NOT NULL,
  "capped" boolean NOT NULL,
  "as_of" timestamptz NOT NULL,
  PRIMARY KEY ("record_key")
);
COMMENT ON TABLE profiles IS 'All that is known of a customer; a null value after an erasure';
COMMENT ON COLUMN profiles."record_key" IS 'Key of the record: customer_id';
COMMENT ON COLUMN profiles."customer_id" IS 'The customer; equals the record key';
COMMENT ON COLUMN profiles."first_seen_at" IS 'Least occurred_at of the customer''s events';
COMMENT ON COLUMN profiles."last_seen_at" IS 'Greatest occurred_at of the customer''s events';
COMMENT ON COLUMN profiles."paid_orders" IS 'Orders that reached PAID, whatever happened to them later';
COMMENT ON COLUMN profiles."paid_order_days" IS 'Distinct UTC days of those payments';
COMMENT ON COLUMN profiles."first_paid_at" IS 'The first payment';
COMMENT ON COLUMN profiles."last_paid_at" IS 'The newest payment';
COMMENT ON COLUMN profiles."returned_orders" IS 'Orders of which something was returned';
COMMENT ON COLUMN profiles."revenue" IS 'One entry per currency, in the order of the codes';
COMMENT ON COLUMN profiles."nps" IS 'The latest NPS answer that stands';
COMMENT ON COLUMN profiles."csat" IS 'The latest CSAT answer that stands';
COMMENT ON COLUMN profiles."ces" IS 'The latest CES answer that stands';
COMMENT ON COLUMN profiles."tickets" IS 'Distinct support tickets';
COMMENT ON COLUMN profiles."open_tickets" IS 'Tickets open now';
COMMENT ON COLUMN profiles."clicks" IS 'Distinct ad clicks';
COMMENT ON COLUMN profiles."churn_level" IS 'HEALTHY, WATCH, AT_RISK or LOST';
COMMENT ON COLUMN profiles."p_alive" IS 'Probability that the customer will buy again, at as_of; absent while nothing bought is held';
COMMENT ON COLUMN profiles."clv_minor" IS 'Expected value of the orders within the model''s horizon, in minor units';
COMMENT ON COLUMN profiles."value_tier" IS 'low, mid or high by the mean paid order; absent without configured bounds';
COMMENT ON COLUMN profiles."active_suppressions" IS 'Suppressions in state ACTIVE';
COMMENT ON COLUMN profiles."ad_consent" IS 'GRANTED, DENIED or UNKNOWN';
COMMENT ON COLUMN profiles."recent_touches" IS 'The newest touches, newest first, at most 10';
COMMENT ON COLUMN profiles."capped" IS 'True when so much is known of the customer that the oldest details were let go; counts stay exact';
COMMENT ON COLUMN profiles."as_of" IS 'Customer time: the newest event or fired deadline';


CREATE TABLE IF NOT EXISTS suppressions (
  "record_key" text NOT NULL,
  "customer_id" text NOT NULL,
  "scope" text NOT NULL,
  "scope_value" text NOT NULL,
  "state" text NOT NULL,
  "reasons" jsonb NOT NULL,
  "since" timestamptz NOT NULL,
  "until" timestamptz,
  "revision" bigint NOT NULL,
  "cause" jsonb NOT NULL,
  PRIMARY KEY ("record_key")
);
COMMENT ON TABLE suppressions IS 'What not to advertise to whom, why and until when; LIFTED when it may be again';
COMMENT ON COLUMN suppressions."record_key" IS 'Key of the record: customer_id|scope|scope_value, the value with | and % percent-encoded';
COMMENT ON COLUMN suppressions."customer_id" IS 'The customer';
COMMENT ON COLUMN suppressions."scope" IS 'What is suppressed';
COMMENT ON COLUMN suppressions."scope_value" IS 'The SKU or the category; empty for ALL';
COMMENT ON COLUMN suppressions."state" IS 'Whether it holds';
COMMENT ON COLUMN suppressions."reasons" IS 'Why, sorted. ACTIVE: PURCHASED, OPEN_TICKET, DETRACTOR, OPTED_OUT. LIFTED: RETURNED, CANCELLED, EXPIRED, RESOLVED, GRANTED, WITHDRAWN';
COMMENT ON COLUMN suppressions."since" IS 'Payment of the oldest unit still held; for ALL the start of the oldest holding reason';
COMMENT ON COLUMN suppressions."until" IS 'When it ends by itself; absent when only an event can end it, and when it was lifted by one';
COMMENT ON COLUMN suppressions."revision" IS 'Grows with every decision on this key until its tombstone; of two records the greater one counts, on a tie the later offset';
COMMENT ON COLUMN suppressions."cause" IS 'What the decision rests on';


CREATE TABLE IF NOT EXISTS kpis_rolling (
  "record_key" text NOT NULL,
  "kpi" text NOT NULL,
  "segment_dimension" text NOT NULL,
  "segment_value" text NOT NULL,
  "window" text NOT NULL,
  "period" text,
  "period_start" timestamptz,
  "value" double precision,
  "numerator" double precision NOT NULL,
  "denominator" double precision NOT NULL,
  "n" bigint NOT NULL,
  "low" double precision,
  "high" double precision,
  "currency" text,
  "model" text,
  "promoters" bigint,
  "passives" bigint,
  "detractors" bigint,
  "state" text,
  "revision" bigint,
  "as_of" timestamptz NOT NULL,
  PRIMARY KEY ("record_key")
);
COMMENT ON TABLE kpis_rolling IS 'KPIs over the last hour, day, week, month and quarter, live';
COMMENT ON COLUMN kpis_rolling."record_key" IS 'Key of the record: kpi|segment|window';
COMMENT ON COLUMN kpis_rolling."kpi" IS 'Identifier of the KPI, for example nps';
COMMENT ON COLUMN kpis_rolling."segment_dimension" IS 'all, or the name of the dimension';
COMMENT ON COLUMN kpis_rolling."segment_value" IS 'Value of the dimension; empty for all';
COMMENT ON COLUMN kpis_rolling."window" IS 'Rolling: an ISO-8601 duration such as P30D, PT0S for a running total. Calendar: DAY, WEEK or MONTH';
COMMENT ON COLUMN kpis_rolling."period" IS 'Calendar only: the period, for example 2010-01-05, 2010-W01 or 2010-01';
COMMENT ON COLUMN kpis_rolling."period_start" IS 'Calendar only: when the period begins, in the configured zone';
COMMENT ON COLUMN kpis_rolling."value" IS 'The value; absent when the denominator is 0. Shares in percent, money in minor units, durations in seconds';
COMMENT ON COLUMN kpis_rolling."numerator" IS 'What is divided';
COMMENT ON COLUMN kpis_rolling."denominator" IS 'By what it is divided';
COMMENT ON COLUMN kpis_rolling."n" IS 'How many observations it rests on';
COMMENT ON COLUMN kpis_rolling."low" IS 'Lower bound of the 95 % interval';
COMMENT ON COLUMN kpis_rolling."high" IS 'Upper bound of the 95 % interval';
COMMENT ON COLUMN kpis_rolling."currency" IS 'ISO 4217 code of a money value';
COMMENT ON COLUMN kpis_rolling."model" IS 'Attribution model of a value that rests on credits: first, last, linear, time-decay or position-based';
COMMENT ON COLUMN kpis_rolling."promoters" IS 'NPS only: answers of 9 and 10';
COMMENT ON COLUMN kpis_rolling."passives" IS 'NPS only: answers of 7 and 8';
COMMENT ON COLUMN kpis_rolling."detractors" IS 'NPS only: answers of 0 to 6';
COMMENT ON COLUMN kpis_rolling."state" IS 'Calendar only: PROVISIONAL or FINAL';
COMMENT ON COLUMN kpis_rolling."revision" IS 'Calendar only: 0 while provisional, 1 once final, one more with every later correction';
COMMENT ON COLUMN kpis_rolling."as_of" IS 'The newest fact within, or the last ageing boundary, whichever is later';


CREATE TABLE IF NOT EXISTS kpis_calendar (
  "record_key" text NOT NULL,
  "kpi" text NOT NULL,
  "segment_dimension" text NOT NULL,
  "segment_value" text NOT NULL,
  "window" text NOT NULL,
  "period" text,
  "period_start" timestamptz,
  "value" double precision,
  "numerator" double precision NOT NULL,
  "denominator" double precision NOT NULL,
  "n" bigint NOT NULL,
  "low" double precision,
  "high" double precision,
  "currency" text,
  "model" text,
  "promoters" bigint,
  "passives" bigint,
  "detractors" bigint,
  "state" text,
  "revision" bigint,
  "as_of" timestamptz NOT NULL,
  PRIMARY KEY ("record_key")
);
COMMENT ON TABLE kpis_calendar IS 'KPIs by day, ISO week and month, provisional and final';
COMMENT ON COLUMN kpis_calendar."record_key" IS 'Key of the record: kpi|segment|period|start';
COMMENT ON COLUMN kpis_calendar."kpi" IS 'Identifier of the KPI, for example nps';
COMMENT ON COLUMN kpis_calendar."segment_dimension" IS 'all, or the name of the dimension';
COMMENT ON COLUMN kpis_calendar."segment_value" IS 'Value of the dimension; empty for all';
COMMENT ON COLUMN kpis_calendar."window" IS 'Rolling: an ISO-8601 duration such as P30D, PT0S for a running total. Calendar: DAY, WEEK or MONTH';
COMMENT ON COLUMN kpis_calendar."period" IS 'Calendar only: the period, for example 2010-01-05, 2010-W01 or 2010-01';
COMMENT ON COLUMN kpis_calendar."period_start" IS 'Calendar only: when the period begins, in the configured zone';
COMMENT ON COLUMN kpis_calendar."value" IS 'The value; absent when the denominator is 0. Shares in percent, money in minor units, durations in seconds';
COMMENT ON COLUMN kpis_calendar."numerator" IS 'What is divided';
COMMENT ON COLUMN kpis_calendar."denominator" IS 'By what it is divided';
COMMENT ON COLUMN kpis_calendar."n" IS 'How many observations it rests on';
COMMENT ON COLUMN kpis_calendar."low" IS 'Lower bound of the 95 % interval';
COMMENT ON COLUMN kpis_calendar."high" IS 'Upper bound of the 95 % interval';
COMMENT ON COLUMN kpis_calendar."currency" IS 'ISO 4217 code of a money value';
COMMENT ON COLUMN kpis_calendar."model" IS 'Attribution model of a value that rests on credits: first, last, linear, time-decay or position-based';
COMMENT ON COLUMN kpis_calendar."promoters" IS 'NPS only: answers of 9 and 10';
COMMENT ON COLUMN kpis_calendar."passives" IS 'NPS only: answers of 7 and 8';
COMMENT ON COLUMN kpis_calendar."detractors" IS 'NPS only: answers of 0 to 6';
COMMENT ON COLUMN kpis_calendar."state" IS 'Calendar only: PROVISIONAL or FINAL';
COMMENT ON COLUMN kpis_calendar."revision" IS 'Calendar only: 0 while provisional, 1 once final, one more with every later correction';
COMMENT ON COLUMN kpis_calendar."as_of" IS 'The newest fact within, or the last ageing boundary, whichever is later';


CREATE TABLE IF NOT EXISTS churn_signals (
  "__connect_topic" text NOT NULL,
  "__connect_partition" integer NOT NULL,
  "__connect_offset" bigint NOT NULL,
  "recorded_at" timestamptz,
  "customer_id" text NOT NULL,
  "level" text NOT NULL,
  "previous_level" text NOT NULL,
  "p_alive" double precision,
  "expected_orders" double precision,
  "expected_value_minor" bigint,
  "currency" text,
  "reasons" jsonb NOT NULL,
  "action" text NOT NULL,
  "model_version" text NOT NULL,
  "decided_at" timestamptz NOT NULL,
  PRIMARY KEY ("__connect_topic", "__connect_partition", "__connect_offset")
);
COMMENT ON TABLE churn_signals IS 'A customer''s churn level changed: from what to what, why, and what to do';
COMMENT ON COLUMN churn_signals."__connect_topic" IS 'Topic that the record was read from';
COMMENT ON COLUMN churn_signals."__connect_partition" IS 'Its partition';
COMMENT ON COLUMN churn_signals."__connect_offset" IS 'Its offset within the partition';
COMMENT ON COLUMN churn_signals."recorded_at" IS 'Timestamp of the record: the pipeline''s time';
COMMENT ON COLUMN churn_signals."customer_id" IS 'The customer; equals the record key';
COMMENT ON COLUMN churn_signals."level" IS 'The level now';
COMMENT ON COLUMN churn_signals."previous_level" IS 'The level before';
COMMENT ON COLUMN churn_signals."p_alive" IS 'Probability at decided_at that the customer will buy again; absent while nothing bought is held';
COMMENT ON COLUMN churn_signals."expected_orders" IS 'Orders expected within the model''s horizon';
COMMENT ON COLUMN churn_signals."expected_value_minor" IS 'Value expected within the model''s horizon, in minor units';
COMMENT ON COLUMN churn_signals."currency" IS 'ISO 4217 code of expected_value_minor';
COMMENT ON COLUMN churn_signals."reasons" IS 'The grounds, heaviest first';
COMMENT ON COLUMN churn_signals."action" IS 'What to do, for example win-back-offer';
COMMENT ON COLUMN churn_signals."model_version" IS 'Version of the churn model';
COMMENT ON COLUMN churn_signals."decided_at" IS 'Customer time of the decision: the event or the very deadline';


CREATE TABLE IF NOT EXISTS attribution (
  "__connect_topic" text NOT NULL,
  "__connect_partition" integer NOT NULL,
  "__connect_offset" bigint NOT NULL,
  "recorded_at" timestamptz,
  "customer_id" text NOT NULL,
  "order_id" text NOT NULL,
  "model" text NOT NULL,
  "click_id" text,
  "platform" text,
  "campaign_id" text,
  "credit_minor" bigint NOT NULL,
  "currency" text NOT NULL,
  "cause_event_id" text NOT NULL,
  "decided_at" timestamptz NOT NULL,
  PRIMARY KEY ("__connect_topic", "__connect_partition", "__connect_offset")
);
COMMENT ON TABLE attribution IS 'Which touch earned how much of which sale; negative on returns';
COMMENT ON COLUMN attribution."__connect_topic" IS 'Topic that the record was read from';
COMMENT ON COLUMN attribution."__connect_partition" IS 'Its partition';
COMMENT ON COLUMN attribution."__connect_offset" IS 'Its offset within the partition';
COMMENT ON COLUMN attribution."recorded_at" IS 'Timestamp of the record: the pipeline''s time';
COMMENT ON COLUMN attribution."customer_id" IS 'The customer';
COMMENT ON COLUMN attribution."order_id" IS 'The order';
COMMENT ON COLUMN attribution."model" IS 'first, last, linear, time-decay or position-based';
COMMENT ON COLUMN attribution."click_id" IS 'The touch; absent when no click preceded the order';
COMMENT ON COLUMN attribution."platform" IS 'Platform of the touch';
COMMENT ON COLUMN attribution."campaign_id" IS 'Campaign of the touch';
COMMENT ON COLUMN attribution."credit_minor" IS 'Minor units of the currency; negative on a return';
COMMENT ON COLUMN attribution."currency" IS 'ISO 4217 code of credit_minor';
COMMENT ON COLUMN attribution."cause_event_id" IS 'The payment, return or cancellation it follows from';
COMMENT ON COLUMN attribution."decided_at" IS 'Customer time of the decision';


CREATE TABLE IF NOT EXISTS alerts (
  "__connect_topic" text NOT NULL,
  "__connect_partition" integer NOT NULL,
  "__connect_offset" bigint NOT NULL,
  "recorded_at" timestamptz,
  "rule" text NOT NULL,
  "kpi" text NOT NULL,
  "segment" text NOT NULL,
  "state" text NOT NULL,
  "value" double precision,
  "detail" text NOT NULL,
  "decided_at" timestamptz NOT NULL,
  "window" text,
  "n" bigint,
  "threshold" double precision,
  "previous" double precision,
  "low" double precision,
  "high" double precision,
  "opened_at" timestamptz,
  PRIMARY KEY ("__connect_topic", "__connect_partition", "__connect_offset")
);
COMMENT ON TABLE alerts IS 'A KPI crossed a line or moved beyond chance, or a customer wants a call back; and the end of that';
COMMENT ON COLUMN alerts."__connect_topic" IS 'Topic that the record was read from';
COMMENT ON COLUMN alerts."__connect_partition" IS 'Its partition';
COMMENT ON COLUMN alerts."__connect_offset" IS 'Its offset within the partition';
COMMENT ON COLUMN alerts."recorded_at" IS 'Timestamp of the record: the pipeline''s time';
COMMENT ON COLUMN alerts."rule" IS 'The configured rule';
COMMENT ON COLUMN alerts."kpi" IS 'The KPI';
COMMENT ON COLUMN alerts."segment" IS 'The segment, as in the key of the KPI';
COMMENT ON COLUMN alerts."state" IS 'Whether it holds';
COMMENT ON COLUMN alerts."value" IS 'The value that decided';
COMMENT ON COLUMN alerts."detail" IS 'What happened, for people';
COMMENT ON COLUMN alerts."decided_at" IS 'When';
COMMENT ON COLUMN alerts."window" IS 'The window of the KPI, as in its key';
COMMENT ON COLUMN alerts."n" IS 'How many observations the value rests on';
COMMENT ON COLUMN alerts."threshold" IS 'The line that was crossed: when FIRING the one to fire at, when RESOLVED the one to clear at';
COMMENT ON COLUMN alerts."previous" IS 'The value over the window before, of a rule on change';
COMMENT ON COLUMN alerts."low" IS 'Lower bound of the change, of a rule on change';
COMMENT ON COLUMN alerts."high" IS 'Upper bound of the change, of a rule on change';
COMMENT ON COLUMN alerts."opened_at" IS 'When the incident fired; the same in its FIRING and its RESOLVED';


CREATE TABLE IF NOT EXISTS erasure_receipts (
  "__connect_topic" text NOT NULL,
  "__connect_partition" integer NOT NULL,
  "__connect_offset" bigint NOT NULL,
  "recorded_at" timestamptz,
  "customer_hash" text NOT NULL,
  "event_id" text NOT NULL,
  "requested_by" text NOT NULL,
  "erased_at" timestamptz NOT NULL,
  "profiles" integer NOT NULL,
  "suppressions" integer NOT NULL,
  "events_forgotten" integer NOT NULL,
  PRIMARY KEY ("__connect_topic", "__connect_partition", "__connect_offset")
);
COMMENT ON TABLE erasure_receipts IS 'What was deleted at an erasure';
COMMENT ON COLUMN erasure_receipts."__connect_topic" IS 'Topic that the record was read from';
COMMENT ON COLUMN erasure_receipts."__connect_partition" IS 'Its partition';
COMMENT ON COLUMN erasure_receipts."__connect_offset" IS 'Its offset within the partition';
COMMENT ON COLUMN erasure_receipts."recorded_at" IS 'Timestamp of the record: the pipeline''s time';
COMMENT ON COLUMN erasure_receipts."customer_hash" IS 'First 16 bytes of the SHA-256 of the customer id, in hex';
COMMENT ON COLUMN erasure_receipts."event_id" IS 'The request';
COMMENT ON COLUMN erasure_receipts."requested_by" IS 'Who asked for it';
COMMENT ON COLUMN erasure_receipts."erased_at" IS 'occurred_at of the request: events up to it are refused from now on';
COMMENT ON COLUMN erasure_receipts."profiles" IS 'Profiles tombstoned';
COMMENT ON COLUMN erasure_receipts."suppressions" IS 'Suppressions tombstoned';
COMMENT ON COLUMN erasure_receipts."events_forgotten" IS 'Details forgotten: orders, returns, answers, tickets and clicks';
