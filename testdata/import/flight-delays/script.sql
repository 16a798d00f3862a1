-- Delays of flights: by airport and hour, the worst routes, and the seat of the trouble.
CREATE TABLE flights (
  flight STRING, `from` STRING, `to` STRING, planned TIMESTAMP(3), departed TIMESTAMP(3), distance_km INT,
  delay_min AS TIMESTAMPDIFF(MINUTE, planned, departed),
  WATERMARK FOR planned AS planned - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${data}/flights.csv', 'format' = 'csv');
CREATE TABLE airports (code STRING, city STRING, country STRING, runways INT) WITH ('connector' = 'filesystem', 'path' = '${data}/airports.csv', 'format' = 'csv');
CREATE TABLE by_hour (city STRING, window_start TIMESTAMP(3), flights BIGINT, mean_delay INT, share_late DOUBLE) WITH ('connector' = 'print');
CREATE TABLE worst_routes (place BIGINT, route STRING, mean_delay DOUBLE) WITH ('connector' = 'print');
CREATE TABLE since_midnight (code STRING, window_end TIMESTAMP(3), late BIGINT) WITH ('connector' = 'print');
CREATE TABLE pairs_without_flight (a STRING, b STRING) WITH ('connector' = 'print');

CREATE VIEW departures AS
SELECT f.flight, f.`from`, f.`to`, f.planned, f.delay_min, a.city, CASE WHEN f.delay_min > 15 THEN 1 ELSE 0 END AS late
FROM flights AS f JOIN airports AS a ON a.code = f.`from`
WHERE a.country <> 'XX';

EXECUTE STATEMENT SET
BEGIN
  -- The join with airports has no time of its own, so that the hours are made before it.
  INSERT INTO by_hour
  SELECT a.city, h.window_start, h.n, h.mean_delay, h.late / CAST(h.n AS DOUBLE)
  FROM (
    SELECT `from`, window_start, COUNT(*) AS n, AVG(delay_min) AS mean_delay, COUNT(*) FILTER (WHERE delay_min > 15) AS late
    FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(planned), INTERVAL '1' HOUR))
    GROUP BY `from`, window_start, window_end
  ) AS h
  INNER JOIN airports AS a ON a.code = h.`from`;

  INSERT INTO worst_routes
  SELECT place, route, mean_delay
  FROM (
    SELECT route, mean_delay, ROW_NUMBER() OVER (ORDER BY mean_delay DESC, route ASC) AS place
    FROM (SELECT CONCAT(`from`, '-', `to`) AS route, AVG(CAST(delay_min AS DOUBLE)) AS mean_delay FROM departures GROUP BY CONCAT(`from`, '-', `to`) HAVING COUNT(*) >= 2) AS r
  ) AS ranked
  WHERE place < 6;

  INSERT INTO since_midnight
  SELECT `from`, window_end, COUNT(*)
  FROM TABLE(CUMULATE(TABLE flights, DESCRIPTOR(planned), INTERVAL '6' HOUR, INTERVAL '1' DAY))
  WHERE delay_min > 15
  GROUP BY `from`, window_start, window_end;

  INSERT INTO pairs_without_flight
  SELECT a.code, b.code FROM airports AS a CROSS JOIN airports AS b WHERE a.code < b.code
  EXCEPT
  (SELECT `from`, `to` FROM flights UNION ALL SELECT `to`, `from` FROM flights);
END;
