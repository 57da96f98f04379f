-- An erased customer leaves the histories too. Profiles and suppressions go by their tombstones; the topics of the histories have
-- none, so the receipt of the erasure deletes here, whichever comes first, and keeps out what comes late. It names the customer
-- by a hash alone.
CREATE OR REPLACE FUNCTION customer_hash(customer text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT left(encode(sha256(convert_to(customer, 'UTF8')), 'hex'), 32) $$;

-- The customer of an alert that is about one and no KPI; its segment is percent-encoded.
CREATE OR REPLACE FUNCTION alert_customer(segment text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT CASE WHEN starts_with(segment, 'customer=') THEN
  replace(replace(replace(replace(substr(segment, 10), '%7C', '|'), '%2F', '/'), '%3D', '='), '%25', '%')
END $$;

CREATE INDEX IF NOT EXISTS churn_signals_customer_hash ON churn_signals (customer_hash(customer_id));
CREATE INDEX IF NOT EXISTS attribution_customer_hash ON attribution (customer_hash(customer_id));
CREATE INDEX IF NOT EXISTS alerts_customer_hash ON alerts (customer_hash(alert_customer(segment)))
  WHERE alert_customer(segment) IS NOT NULL;
CREATE INDEX IF NOT EXISTS erasure_receipts_customer_hash ON erasure_receipts (customer_hash);

CREATE OR REPLACE FUNCTION forget_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM churn_signals WHERE customer_hash(customer_id) = NEW.customer_hash AND recorded_at <= NEW.recorded_at;
  DELETE FROM attribution WHERE customer_hash(customer_id) = NEW.customer_hash AND recorded_at <= NEW.recorded_at;
  DELETE FROM alerts WHERE alert_customer(segment) IS NOT NULL
    AND customer_hash(alert_customer(segment)) = NEW.customer_hash AND recorded_at <= NEW.recorded_at;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER forget_customer AFTER INSERT OR UPDATE ON erasure_receipts
FOR EACH ROW EXECUTE FUNCTION forget_customer();

CREATE OR REPLACE FUNCTION keep_out_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM erasure_receipts receipt
    WHERE receipt.customer_hash = customer_hash(NEW.customer_id) AND receipt.recorded_at >= NEW.recorded_at
  ) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER keep_out_forgotten BEFORE INSERT ON churn_signals
FOR EACH ROW EXECUTE FUNCTION keep_out_forgotten();
CREATE OR REPLACE TRIGGER keep_out_forgotten BEFORE INSERT ON attribution
FOR EACH ROW EXECUTE FUNCTION keep_out_forgotten();

CREATE OR REPLACE FUNCTION keep_out_forgotten_alert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM erasure_receipts receipt
    WHERE receipt.customer_hash = customer_hash(alert_customer(NEW.segment)) AND receipt.recorded_at >= NEW.recorded_at
  ) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER keep_out_forgotten BEFORE INSERT ON alerts
FOR EACH ROW EXECUTE FUNCTION keep_out_forgotten_alert();
