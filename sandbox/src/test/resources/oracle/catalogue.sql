-- The catalogue as docs/metrics.md has it: what is divided by what, over which windows and periods, by which dimensions.

CREATE OR REPLACE TABLE measures(measure VARCHAR, by_cur BOOLEAN, by_model BOOLEAN, gauge BOOLEAN);
INSERT INTO measures
SELECT unnest(['nps-promoters', 'nps-passives', 'nps-detractors', 'csat-answers', 'csat-satisfied', 'csat-score', 'ces-answers',
    'ces-easy', 'ces-score', 'invitations', 'invitations-answered', 'orders', 'buyers', 'repeat-buyers', 'repeat-buyers-days',
    'retention-base', 'retained', 'new-customers', 'click-days', 'converted-click-days', 'leads', 'leads-won', 'tickets-opened',
    'first-reply', 'resolution', 'resolved', 'reopened', 'cohort-customers', 'cohort-active', 'journey-steps', 'journey-gap']),
    false, false, false;
INSERT INTO measures
SELECT unnest(['revenue', 'revenue-taken', 'order-value', 'spend', 'retargeting-cost', 'leak-cost', 'cohort-net', 'clv-expected',
    'clv-customers']), true, false, false;
INSERT INTO measures SELECT unnest(['credit', 'credit-margin', 'credit-uncosted']), true, true, false;
INSERT INTO measures SELECT unnest(['ltv-net', 'ltv-customers']), true, false, true;
INSERT INTO measures
SELECT unnest(['tickets-open', 'churn-level', 'profiles', 'contactable', 'records-read', 'records-folded', 'records-duplicate', 'records-rejected']),
    false, false, true;

CREATE OR REPLACE TABLE kpis(
    kpi VARCHAR, scale DOUBLE, percent INTEGER, bounds VARCHAR, wins VARCHAR[], dims VARCHAR[], kinds VARCHAR[], period_dims VARCHAR[],
    matures INTEGER);
CREATE OR REPLACE TABLE terms(kpi VARCHAR, part VARCHAR, measure VARCHAR, weight BIGINT, divisor BIGINT, ever BOOLEAN);

CREATE OR REPLACE TEMP TABLE lists AS SELECT
    ['PT1H', 'PT24H', 'P7D', 'P30D', 'P90D'] AS every, ['P30D', 'P90D'] AS days, ['PT0S'] AS total, []::VARCHAR[] AS none,
    ['DAY', 'WEEK', 'MONTH'] AS all_kinds,
    ['all', 'touchpoint', 'channel', 'country'] AS answers,
    ['all', 'channel', 'platform', 'campaign', 'country', 'category', 'value-tier'] AS orders,
    ['all', 'channel', 'country', 'category'] AS buyers, ['all', 'platform', 'campaign'] AS ads, ['all', 'channel'] AS tickets;

INSERT INTO kpis
SELECT k.* FROM lists, LATERAL (VALUES
    ('nps', 100, NULL, 'nps', every, answers, all_kinds, answers, 0),
    ('csat', 100, NULL, 'wilson', every, answers, all_kinds, answers, 0),
    ('csat-mean', 1, NULL, NULL, every, answers, all_kinds, answers, 0),
    ('ces', 1, NULL, NULL, every, answers, all_kinds, answers, 0),
    ('ces-top', 100, NULL, 'wilson', every, answers, all_kinds, answers, 0),
    ('response-rate', 100, NULL, 'wilson', every, ['all', 'touchpoint', 'channel'], all_kinds, ['all', 'touchpoint', 'channel'], 0),
    ('orders', 1, NULL, NULL, every, orders, all_kinds, orders, 0),
    ('revenue', 1, NULL, NULL, every, orders, all_kinds, orders, 0),
    ('revenue-net', 1, NULL, NULL, every, orders, all_kinds, orders, 0),
    ('aov', 1, NULL, NULL, every, orders, all_kinds, orders, 0),
    ('aov-net', 1, NULL, NULL, every, orders, all_kinds, orders, 0),
    ('aov-median', 1, 50, NULL, every, orders, all_kinds, orders, 0),
    ('aov-p90', 1, 90, NULL, every, orders, all_kinds, orders, 0),
    ('new-customers', 1, NULL, NULL, every, ['all', 'country', 'channel', 'platform', 'campaign'], all_kinds,
        ['all', 'country', 'channel', 'platform', 'campaign'], 0),
    ('rpr', 100, NULL, NULL, every, orders, all_kinds, buyers, 0),
    ('rpr-days', 100, NULL, NULL, every, orders, all_kinds, buyers, 0),
    ('crr', 100, NULL, NULL, none, none, all_kinds, ['all', 'country'], 0),
    ('churn-rate', 100, NULL, NULL, none, none, all_kinds, ['all', 'country'], 0),
    ('ltv', 1, NULL, NULL, total, ['all', 'country'], ['MONTH'], ['all', 'country'], 0),
    ('clv', 1, NULL, NULL, none, none, ['MONTH'], ['all'], 0),
    ('cr', 100, NULL, 'wilson', days, ads, all_kinds, ads, 30),
    ('cac', 1, NULL, NULL, days, ads, all_kinds, ads, 0),
    ('cpl', 1, NULL, NULL, days, ads, all_kinds, ads, 0),
    ('lcr', 100, NULL, 'wilson', every, ['all', 'platform', 'campaign', 'channel'], all_kinds, ['all', 'platform', 'campaign', 'channel'], 0),
    ('roas', 1, NULL, NULL, days, ads, all_kinds, ads, 0),
    ('romi', 100, NULL, NULL, days, ads, all_kinds, ads, 0),
    ('drr', 100, NULL, NULL, days, ads, all_kinds, ads, 0),
    ('drr-total', 100, NULL, NULL, days, ads, all_kinds, ads, 0),
    ('leak-cost', 1, NULL, NULL, every, ads, all_kinds, ads, 0),
    ('leak-share', 100, NULL, NULL, every, ads, all_kinds, ads, 0),
    ('tickets-opened', 1, NULL, NULL, every, tickets, all_kinds, tickets, 0),
    ('tickets-open', 1, NULL, NULL, total, tickets, all_kinds, tickets, 0),
    ('first-reply', 1, 50, NULL, every, tickets, all_kinds, tickets, 0),
    ('first-reply-p90', 1, 90, NULL, every, tickets, all_kinds, tickets, 0),
    ('resolution', 1, 50, NULL, every, tickets, all_kinds, tickets, 0),
    ('resolution-p90', 1, 90, NULL, every, tickets, all_kinds, tickets, 0),
    ('reopen-rate', 100, NULL, 'wilson', every, tickets, all_kinds, tickets, 0),
    ('cohort-customers', 1, NULL, NULL, none, none, ['MONTH'], ['cohort'], 0),
    ('cohort-repeat', 100, NULL, NULL, none, none, ['MONTH'], ['cohort'], 0),
    ('cohort-net', 1, NULL, NULL, none, none, ['MONTH'], ['cohort'], 0),
    ('journey-steps', 1, NULL, NULL, days, ['all', 'step'], all_kinds, ['all', 'step'], 0),
    ('journey-gap', 1, 50, NULL, days, ['all', 'step'], all_kinds, ['all', 'step'], 0),
    ('churn-level', 1, NULL, NULL, total, ['level'], none, none, 0),
    ('contactable', 100, NULL, NULL, total, ['all'], all_kinds, ['all'], 0),
    ('rejected-share', 100, NULL, NULL, total, ['all', 'reason'], none, none, 0),
    ('records-read', 1, NULL, NULL, total, ['all'], none, none, 0),
    ('records-folded', 1, NULL, NULL, total, ['all'], none, none, 0),
    ('records-duplicate', 1, NULL, NULL, total, ['all'], none, none, 0),
    ('records-rejected', 1, NULL, NULL, total, ['all', 'reason'], none, none, 0)
) k;

INSERT INTO terms VALUES
    ('nps', 'num', 'nps-promoters', 1, 1, false), ('nps', 'num', 'nps-detractors', -1, 1, false),
    ('nps', 'den', 'nps-promoters', 1, 1, false), ('nps', 'den', 'nps-passives', 1, 1, false),
    ('nps', 'den', 'nps-detractors', 1, 1, false),
    ('csat', 'num', 'csat-satisfied', 1, 1, false), ('csat', 'den', 'csat-answers', 1, 1, false),
    ('csat-mean', 'num', 'csat-answers', 1, 1, false), ('csat-mean', 'num', 'csat-score', 4, 25200000000, false),
    ('csat-mean', 'den', 'csat-answers', 1, 1, false),
    ('ces', 'num', 'ces-answers', 1, 1, false), ('ces', 'num', 'ces-score', 6, 25200000000, false), ('ces', 'den', 'ces-answers', 1, 1, false),
    ('ces-top', 'num', 'ces-easy', 1, 1, false), ('ces-top', 'den', 'ces-answers', 1, 1, false),
    ('response-rate', 'num', 'invitations-answered', 1, 1, false), ('response-rate', 'den', 'invitations', 1, 1, false),
    ('orders', 'num', 'orders', 1, 1, false),
    ('revenue', 'num', 'revenue', 1, 1, false), ('revenue', 'n', 'order-value', 1, 1, false),
    ('revenue-net', 'num', 'revenue', 1, 1, false), ('revenue-net', 'num', 'revenue-taken', -1, 1, false),
    ('revenue-net', 'n', 'order-value', 1, 1, false),
    ('aov', 'num', 'revenue', 1, 1, false), ('aov', 'den', 'order-value', 1, 1, false),
    ('aov-net', 'num', 'revenue', 1, 1, false), ('aov-net', 'num', 'revenue-taken', -1, 1, false),
    ('aov-net', 'den', 'order-value', 1, 1, false),
    ('aov-median', 'quantile', 'order-value', 1, 1, false), ('aov-p90', 'quantile', 'order-value', 1, 1, false),
    ('new-customers', 'num', 'new-customers', 1, 1, false),
    ('rpr', 'num', 'repeat-buyers', 1, 1, false), ('rpr', 'den', 'buyers', 1, 1, false),
    ('rpr-days', 'num', 'repeat-buyers-days', 1, 1, false), ('rpr-days', 'den', 'buyers', 1, 1, false),
    ('crr', 'num', 'retained', 1, 1, false), ('crr', 'den', 'retention-base', 1, 1, false),
    ('churn-rate', 'num', 'retention-base', 1, 1, false), ('churn-rate', 'num', 'retained', -1, 1, false),
    ('churn-rate', 'den', 'retention-base', 1, 1, false),
    ('ltv', 'num', 'ltv-net', 1, 1, false), ('ltv', 'den', 'ltv-customers', 1, 1, false),
    ('clv', 'num', 'clv-expected', 1, 1, false), ('clv', 'den', 'clv-customers', 1, 1, false),
    ('cr', 'num', 'converted-click-days', 1, 1, false), ('cr', 'den', 'click-days', 1, 1, false),
    ('cac', 'num', 'spend', 1, 1, false), ('cac', 'den', 'new-customers', 1, 1, false),
    ('cpl', 'num', 'spend', 1, 1, false), ('cpl', 'den', 'leads', 1, 1, false),
    ('lcr', 'num', 'leads-won', 1, 1, false), ('lcr', 'den', 'leads', 1, 1, false),
    ('roas', 'num', 'credit', 1, 1, false), ('roas', 'den', 'spend', 1, 1, false),
    ('romi', 'num', 'credit-margin', 1, 1, false), ('romi', 'num', 'spend', -1, 1, false), ('romi', 'den', 'spend', 1, 1, false),
    ('romi', 'unless', 'credit-uncosted', 1, 1, false),
    ('drr', 'num', 'spend', 1, 1, false), ('drr', 'den', 'credit', 1, 1, false),
    ('drr-total', 'num', 'spend', 1, 1, false), ('drr-total', 'den', 'revenue', 1, 1, false),
    ('drr-total', 'den', 'revenue-taken', -1, 1, false),
    ('leak-cost', 'num', 'leak-cost', 1, 1, false),
    ('leak-share', 'num', 'leak-cost', 1, 1, false), ('leak-share', 'den', 'retargeting-cost', 1, 1, false),
    ('tickets-opened', 'num', 'tickets-opened', 1, 1, false), ('tickets-open', 'num', 'tickets-open', 1, 1, false),
    ('first-reply', 'quantile', 'first-reply', 1, 1, false), ('first-reply-p90', 'quantile', 'first-reply', 1, 1, false),
    ('resolution', 'quantile', 'resolution', 1, 1, false), ('resolution-p90', 'quantile', 'resolution', 1, 1, false),
    ('reopen-rate', 'num', 'reopened', 1, 1, false), ('reopen-rate', 'den', 'resolved', 1, 1, false),
    ('cohort-customers', 'num', 'cohort-customers', 1, 1, false),
    ('cohort-repeat', 'num', 'cohort-active', 1, 1, false), ('cohort-repeat', 'den', 'cohort-customers', 1, 1, true),
    ('cohort-net', 'num', 'cohort-net', 1, 1, false),
    ('journey-steps', 'num', 'journey-steps', 1, 1, false), ('journey-gap', 'quantile', 'journey-gap', 1, 1, false),
    ('churn-level', 'num', 'churn-level', 1, 1, false),
    ('contactable', 'num', 'contactable', 1, 1, false), ('contactable', 'den', 'profiles', 1, 1, false),
    ('rejected-share', 'num', 'records-rejected', 1, 1, false), ('rejected-share', 'den', 'records-read', 1, 1, false),
    ('records-read', 'num', 'records-read', 1, 1, false), ('records-folded', 'num', 'records-folded', 1, 1, false),
    ('records-duplicate', 'num', 'records-duplicate', 1, 1, false), ('records-rejected', 'num', 'records-rejected', 1, 1, false);

-- Told apart by currency or model when any measure is.
CREATE OR REPLACE TABLE traits AS
SELECT kpi, bool_or(by_cur) AS by_cur, bool_or(by_model) AS by_model FROM terms JOIN measures USING (measure) GROUP BY kpi;
CREATE OR REPLACE TABLE models AS SELECT unnest(['first', 'last', 'linear', 'time-decay', 'position-based']) AS model;

CREATE OR REPLACE MACRO encoded(v) AS replace(replace(replace(replace(v, '%', '%25'), '|', '%7C'), '/', '%2F'), '=', '%3D');
CREATE OR REPLACE MACRO segment(dim, val, cur, model) AS
    dim || CASE WHEN dim = 'all' THEN '' ELSE '=' || encoded(val) END
        || CASE WHEN cur = '' THEN '' ELSE '/' || cur END || CASE WHEN model = '' THEN '' ELSE '/' || model END;
