-- Windowing table-valued functions, one after the other, on the gates of a car park.

CREATE TABLE gate_event (
  gate STRING,
  plate STRING,
  direction STRING,
  paid DECIMAL(6, 2),
  passed_at TIMESTAMP(3),
  clock AS PROCTIME(),
  WATERMARK FOR passed_at AS passed_at - INTERVAL '1' SECOND
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '5',
  'fields.gate.length' = '1'
);

CREATE TABLE result_a (gate STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), cars BIGINT, income DECIMAL(38, 2)) WITH ('connector' = 'print', 'print-identifier' = 'tumble');
CREATE TABLE result_b (gate STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), cars BIGINT, income DECIMAL(38, 2)) WITH ('connector' = 'print', 'print-identifier' = 'hop');
CREATE TABLE result_c LIKE result_b;
CREATE TABLE raw_window (plate STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), window_time TIMESTAMP(3)) WITH ('connector' = 'blackhole');
CREATE TABLE per_minute_now (window_start TIMESTAMP_LTZ(3), window_end TIMESTAMP_LTZ(3), cars BIGINT) WITH ('connector' = 'blackhole');

-- no aggregation: each row gets its window
INSERT INTO raw_window
SELECT plate, window_start, window_end, window_time
FROM TABLE(TUMBLE(TABLE gate_event, DESCRIPTOR(passed_at), INTERVAL '10' MINUTES))
WHERE direction = 'in';

-- a tumbling window whose days begin at 06:00
INSERT INTO result_a
SELECT gate, window_start, window_end, COUNT(*) AS cars, SUM(paid) AS income
FROM TABLE(
  TUMBLE(
    DATA => TABLE gate_event,
    TIMECOL => DESCRIPTOR(passed_at),
    SIZE => INTERVAL '1' DAY,
    `OFFSET` => INTERVAL '6' HOUR))
GROUP BY gate, window_start, window_end;

-- hop: the slide comes before the size
INSERT INTO result_b
SELECT gate, window_start, window_end, COUNT(*), SUM(paid)
FROM TABLE(HOP(TABLE gate_event, DESCRIPTOR(passed_at), INTERVAL '5' MINUTES, INTERVAL '1' HOUR))
GROUP BY gate, window_start, window_end;

-- cumulate: growing windows up to the day
INSERT INTO result_c
SELECT gate, window_start, window_end, COUNT(*), SUM(paid)
FROM TABLE(CUMULATE(TABLE gate_event, DESCRIPTOR(passed_at), INTERVAL '1' HOUR, INTERVAL '1' DAY))
GROUP BY gate, window_start, window_end
HAVING SUM(paid) > 0;

-- session: a plate that is not seen for a while
INSERT INTO result_c
SELECT MAX(gate), window_start, window_end, COUNT(*), SUM(paid)
FROM TABLE(SESSION(TABLE gate_event PARTITION BY plate, DESCRIPTOR(passed_at), INTERVAL '3' HOURS))
GROUP BY plate, window_start, window_end;

-- and by the clock on the wall
INSERT INTO per_minute_now
SELECT window_start, window_end, COUNT(*)
FROM TABLE(TUMBLE(TABLE gate_event, DESCRIPTOR(clock), INTERVAL '1' MINUTE))
GROUP BY window_start, window_end;
