-- Surge prices: how many riders ask and how many drivers are free, by zone and every minute.
CREATE TABLE ride_requests (request_id STRING, rider_id BIGINT, zone_id INT, requested_at TIMESTAMP(3), WATERMARK FOR requested_at AS requested_at - INTERVAL '20' SECOND)
WITH ('connector' = 'kafka', 'topic' = 'ride-requests', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'latest-offset', 'format' = 'json');

CREATE TABLE driver_pings (driver_id BIGINT, zone_id INT, `free` BOOLEAN, `at` TIMESTAMP(3), WATERMARK FOR `at` AS `at` - INTERVAL '20' SECOND)
WITH ('connector' = 'kafka', 'topic' = 'driver-pings', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'latest-offset', 'format' = 'json');

CREATE TABLE surge (zone_id INT, window_start TIMESTAMP(3), window_end TIMESTAMP(3), demand BIGINT, supply BIGINT, factor DECIMAL(4, 2))
WITH ('connector' = 'kafka', 'topic' = 'surge', 'properties.bootstrap.servers' = 'kafka:9092', 'format' = 'json');

CREATE TABLE hot_zones (window_end TIMESTAMP(3), rank_in_window BIGINT, zone_id INT, factor DECIMAL(4, 2)) WITH ('connector' = 'print');

CREATE VIEW demand AS
SELECT zone_id, window_start, window_end, COUNT(DISTINCT rider_id) AS riders
FROM TABLE(HOP(DATA => TABLE ride_requests, TIMECOL => DESCRIPTOR(requested_at), SLIDE => INTERVAL '1' MINUTE, SIZE => INTERVAL '5' MINUTES))
GROUP BY zone_id, window_start, window_end;

-- Only drivers who are free count as supply.
CREATE VIEW supply AS
SELECT zone_id, window_start, window_end, COUNT(DISTINCT driver_id) FILTER (WHERE `free`) AS drivers
FROM TABLE(HOP(DATA => TABLE driver_pings, TIMECOL => DESCRIPTOR(`at`), SLIDE => INTERVAL '1' MINUTE, SIZE => INTERVAL '5' MINUTES))
GROUP BY zone_id, window_start, window_end;

-- Both sides of the market; a zone may lack one of them.
CREATE VIEW market AS
SELECT
  COALESCE(d.zone_id, s.zone_id) AS zone_id,
  COALESCE(d.window_start, s.window_start) AS window_start,
  COALESCE(d.window_end, s.window_end) AS window_end,
  COALESCE(d.riders, 0) AS demand,
  COALESCE(s.drivers, 0) AS supply
FROM demand d
FULL OUTER JOIN supply s
  ON d.window_start = s.window_start AND d.window_end = s.window_end AND d.zone_id = s.zone_id;

CREATE VIEW priced AS
SELECT zone_id, window_start, window_end, demand, supply,
  CAST(CASE
    WHEN supply = 0 THEN 3
    WHEN demand <= supply THEN 1
    ELSE LEAST(3, 1 + (demand - supply) / CAST(supply AS DOUBLE))
  END AS DECIMAL(4, 2)) AS factor
FROM market;

EXECUTE STATEMENT SET BEGIN
  INSERT INTO surge SELECT zone_id, window_start, window_end, demand, supply, factor FROM priced;
  INSERT INTO hot_zones
  SELECT window_end, n, zone_id, factor FROM (
    SELECT zone_id, window_start, window_end, factor,
      ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY factor DESC, zone_id) AS n
    FROM priced
  ) WHERE n <= 10;
END;
