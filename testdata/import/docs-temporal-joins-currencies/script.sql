-- Four ways to look a rate up "as of" some time.

SET 'table.local-time-zone' = 'UTC';

CREATE TABLE shipment_cost (
  shipment BIGINT,
  ccy STRING,
  price DECIMAL(32, 2),
  invoiced TIMESTAMP(3),
  WATERMARK FOR invoiced AS invoiced - INTERVAL '15' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'cost', 'properties.bootstrap.servers' = 'localhost:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');

-- a versioned table: primary key and event time
CREATE TABLE rate_versioned (
  ccy STRING,
  to_euro DECIMAL(32, 8),
  fixed_at TIMESTAMP(3),
  WATERMARK FOR fixed_at AS fixed_at,
  PRIMARY KEY (ccy) NOT ENFORCED
) WITH ('connector' = 'kafka', 'topic' = 'rate', 'properties.bootstrap.servers' = 'localhost:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'debezium-json');

-- an append-only history: becomes versioned by keeping the last row of each key
CREATE TABLE rate_history (
  ccy STRING, to_euro DECIMAL(32, 8), fixed_at TIMESTAMP(3), WATERMARK FOR fixed_at AS fixed_at
) WITH ('connector' = 'kafka', 'topic' = 'rate-history', 'properties.bootstrap.servers' = 'localhost:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');

CREATE VIEW rate_from_history AS
SELECT ccy, to_euro, fixed_at
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY ccy ORDER BY fixed_at DESC) AS row_num
  FROM rate_history
)
WHERE row_num = 1;

-- today's list in a database
CREATE TABLE rate_now (ccy STRING, to_euro DECIMAL(32, 8), PRIMARY KEY (ccy) NOT ENFORCED)
WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://localhost/rates', 'table-name' = 'rate');

CREATE TABLE cost_in_euro (shipment BIGINT, invoiced TIMESTAMP(3), euro DECIMAL(38, 2), way STRING) WITH ('connector' = 'print');

EXECUTE STATEMENT SET
BEGIN
  INSERT INTO cost_in_euro
  SELECT c.shipment, c.invoiced, CAST(c.price * r.to_euro AS DECIMAL(38, 2)), 'versioned'
  FROM shipment_cost AS c
  LEFT JOIN rate_versioned FOR SYSTEM_TIME AS OF c.invoiced AS r
  ON c.ccy = r.ccy;

  INSERT INTO cost_in_euro
  SELECT c.shipment, c.invoiced, CAST(c.price * r.to_euro AS DECIMAL(38, 2)), 'history'
  FROM shipment_cost c
  JOIN rate_from_history FOR SYSTEM_TIME AS OF c.invoiced r ON c.ccy = r.ccy;

  INSERT INTO cost_in_euro
  SELECT c.shipment, c.invoiced, CAST(c.price * r.to_euro AS DECIMAL(38, 2)), 'lookup'
  FROM (SELECT *, PROCTIME() AS pt FROM shipment_cost) AS c
  JOIN rate_now FOR SYSTEM_TIME AS OF c.pt AS r ON r.ccy = c.ccy;

  -- no "as of" at all: every change of a rate changes all costs again
  INSERT INTO cost_in_euro
  SELECT c.shipment, CAST(c.invoiced AS TIMESTAMP(3)), CAST(c.price * r.to_euro AS DECIMAL(38, 2)), 'regular'
  FROM shipment_cost AS c, rate_versioned AS r
  WHERE c.ccy = r.ccy;
END;
