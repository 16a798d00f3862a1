-- Shipments against their scans: interval joins, and what was never scanned.
CREATE TABLE shipment (id BIGINT, customer STRING, weight DOUBLE, booked TIMESTAMP(3), WATERMARK FOR booked AS booked - INTERVAL '1' MINUTE) WITH ('connector' = 'datagen');
CREATE TABLE scan (shipment_id BIGINT, depot STRING, kind STRING, scanned TIMESTAMP(3), WATERMARK FOR scanned AS scanned - INTERVAL '1' MINUTE) WITH ('connector' = 'datagen');
CREATE TABLE claim (shipment_id BIGINT, reason STRING, claimed TIMESTAMP(3), WATERMARK FOR claimed AS claimed - INTERVAL '1' MINUTE) WITH ('connector' = 'datagen');
CREATE TABLE journey (id BIGINT, customer STRING, depot STRING, hours BIGINT, reason STRING) WITH ('connector' = 'blackhole');
CREATE TABLE unscanned (id BIGINT, customer STRING, booked TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE depot_hour (depot STRING, w TIMESTAMP(3), n BIGINT, mean_weight DOUBLE) WITH ('connector' = 'blackhole');
CREATE TABLE claimed_again (id BIGINT, claims BIGINT) WITH ('connector' = 'print');

EXECUTE STATEMENT SET BEGIN
INSERT INTO journey
SELECT s.id, s.customer, c.depot, TIMESTAMPDIFF(HOUR, s.booked, c.scanned), COALESCE(k.reason, 'none')
FROM shipment s
JOIN scan c ON c.shipment_id = s.id AND c.kind = 'IN' AND c.scanned BETWEEN s.booked AND s.booked + INTERVAL '2' DAY
LEFT JOIN claim k ON k.shipment_id = s.id AND k.claimed > c.scanned AND k.claimed < c.scanned + INTERVAL '10' DAY;

INSERT INTO unscanned
SELECT s.id, s.customer, s.booked FROM shipment AS s
LEFT JOIN scan AS c ON s.id = c.shipment_id AND c.scanned BETWEEN s.booked - INTERVAL '1' HOUR AND s.booked + INTERVAL '1' DAY
WHERE c.shipment_id IS NULL;

INSERT INTO depot_hour
SELECT depot, window_start, COUNT(*), AVG(weight)
FROM (
  SELECT w.depot, w.window_start, w.window_end, s.weight
  FROM (SELECT * FROM TABLE(TUMBLE(TABLE scan, DESCRIPTOR(scanned), INTERVAL '1' HOUR))) w
  JOIN (SELECT * FROM TABLE(TUMBLE(TABLE shipment, DESCRIPTOR(booked), INTERVAL '1' HOUR))) s
  ON w.shipment_id = s.id AND w.window_start = s.window_start AND w.window_end = s.window_end
)
GROUP BY depot, window_start, window_end;

INSERT INTO claimed_again
SELECT id, n FROM (
  SELECT s.id, COUNT(*) AS n FROM shipment s, claim k WHERE s.id = k.shipment_id AND EXISTS (SELECT 1 FROM scan c WHERE c.shipment_id = s.id AND c.kind = 'DAMAGED') GROUP BY s.id
) t WHERE n > 1;
END;
