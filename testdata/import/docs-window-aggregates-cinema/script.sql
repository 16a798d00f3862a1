-- Window aggregation: grouping sets, rollup, cube, and a window over a window.

CREATE TABLE ticket (
  cinema STRING,
  film STRING,
  price_class STRING,
  seats INT,
  price DECIMAL(7, 2),
  extras MAP<STRING, INT>,
  sold TIMESTAMP_LTZ(3),
  WATERMARK FOR sold AS sold - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'ticket',
  'properties.bootstrap.servers' = 'localhost:9092',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json'
);

CREATE TABLE sales_cube (
  window_start TIMESTAMP(3), window_end TIMESTAMP(3), cinema STRING, film STRING, price_class STRING,
  seats INT, turnover DECIMAL(38, 2), level BIGINT
) WITH ('connector' = 'print');

CREATE TABLE popcorn (window_end TIMESTAMP(3), cinema STRING, size_name STRING, portions INT) WITH ('connector' = 'print');

CREATE TABLE week_sales (window_start TIMESTAMP_LTZ(3), window_end TIMESTAMP_LTZ(3), cinema STRING, best_hour DECIMAL(38, 2), turnover DECIMAL(38, 2)) WITH ('connector' = 'blackhole');

-- one hour, by cinema; window_time carries the event time on
CREATE VIEW cinema_hour AS
SELECT window_start AS hour_start, window_time AS hour_time, cinema, SUM(seats * price) AS turnover, COUNT(DISTINCT film) AS films
FROM TABLE(TUMBLE(TABLE ticket, DESCRIPTOR(sold), INTERVAL '1' HOUR))
GROUP BY window_start, window_end, window_time, cinema;

INSERT INTO sales_cube
SELECT window_start, window_end, cinema, film, price_class, SUM(seats), SUM(seats * price), GROUPING_ID(cinema, film, price_class)
FROM TABLE(TUMBLE(TABLE ticket, DESCRIPTOR(sold), INTERVAL '15' MINUTES))
GROUP BY window_start, window_end, GROUPING SETS ((cinema, film), (cinema, price_class), (cinema), ());

INSERT INTO sales_cube
SELECT window_start, window_end, cinema, film, CAST(NULL AS STRING), SUM(seats), SUM(seats * price), GROUPING_ID(cinema, film)
FROM TABLE(TUMBLE(TABLE ticket, DESCRIPTOR(sold), INTERVAL '1' DAY))
GROUP BY window_start, window_end, ROLLUP (cinema, film);

INSERT INTO sales_cube
SELECT window_start, window_end, CAST(NULL AS STRING), film, price_class, SUM(seats), SUM(seats * price), GROUPING_ID(film, price_class)
FROM TABLE(HOP(TABLE ticket, DESCRIPTOR(sold), INTERVAL '6' HOURS, INTERVAL '1' DAY))
GROUP BY window_start, window_end, CUBE (film, price_class);

-- a dimension out of a map, next to a fixed one
INSERT INTO popcorn
SELECT window_end, cinema, size_name, SUM(portions)
FROM (
  SELECT t.window_start, t.window_end, t.cinema, e.size_name, e.portions
  FROM TABLE(TUMBLE(TABLE ticket, DESCRIPTOR(sold), INTERVAL '1' HOUR)) AS t
  CROSS JOIN UNNEST(t.extras) AS e (size_name, portions)
)
GROUP BY window_start, window_end, cinema, size_name;

-- the window of a window
INSERT INTO week_sales
SELECT window_start, window_end, cinema, MAX(turnover), SUM(turnover)
FROM TABLE(TUMBLE(TABLE cinema_hour, DESCRIPTOR(hour_time), INTERVAL '7' DAYS))
GROUP BY window_start, window_end, cinema;
