-- The same of the credits, record by record.

INSERT INTO differences
SELECT coalesce(e.key, f.key), coalesce(concat_ws(' ', e.credit_minor, e.currency, e.platform, e.campaign_id), 'no credit'),
    coalesce(concat_ws(' ', f.credit_minor, f.currency, f.platform, f.campaign_id), 'no credit')
FROM expected_credits e FULL JOIN found_credits f ON e.key = f.key
WHERE e.key IS NULL OR f.key IS NULL OR e.credit_minor <> f.credit_minor OR e.currency <> f.currency
   OR e.platform IS DISTINCT FROM f.platform OR e.campaign_id IS DISTINCT FROM f.campaign_id;
