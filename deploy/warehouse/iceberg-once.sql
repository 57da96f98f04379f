-- The Iceberg sink appends, and after a failure may append again what it had written. Where a record came from tells the copies
-- apart from what is new: partition and offset. Replace :table by the table (or by what reads its files).
SELECT * EXCLUDE (copy) FROM (
  SELECT *, row_number() OVER (PARTITION BY kafka_topic, kafka_partition, kafka_offset ORDER BY recorded_at) AS copy
  FROM :table
) WHERE copy = 1
