-- Noise meters: nested JSON, an array of bands in each reading, labels as a map.
-- Dimensions: all / zone / zone and street / meter.

CREATE TABLE reading (
  meter STRING,
  ts TIMESTAMP(3),
  place ROW<street STRING, geo ROW<lat DOUBLE, lon DOUBLE>>,
  labels MAP<STRING, STRING>,
  bands ARRAY<ROW<hz INT, db INT>>,
  zone AS labels['zone'],
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'filesystem',
  'path' = '${data}/meter.json',
  'format' = 'json'
);

CREATE TABLE limit_value (zone STRING, db INT) WITH ('connector' = 'filesystem', 'path' = '${data}/limit_value.csv', 'format' = 'csv');

CREATE TABLE loudness (window_start TIMESTAMP(3), window_end TIMESTAMP(3), zone STRING, street STRING, peak INT, mean INT, n BIGINT, grp BIGINT) WITH ('connector' = 'print');
CREATE TABLE band_top (window_end TIMESTAMP(3), meter STRING, hz INT, db INT) WITH ('connector' = 'print');
CREATE TABLE complaint (meter STRING, street STRING, ts TIMESTAMP(3), over_limit INT, bands INT) WITH ('connector' = 'print');
CREATE TABLE quiet_night (meter STRING, owner STRING, quiet_minutes BIGINT) WITH ('connector' = 'print');

-- flat: one row for each band
CREATE VIEW band (meter, ts, street, zone, owner, lat, hz, db) AS
SELECT r.meter, r.ts, r.place.street, r.zone, r.labels['owner'], r.place.geo.lat, b.hz, b.db
FROM reading AS r
CROSS JOIN UNNEST(r.bands) AS b (hz, db)
WHERE b.db BETWEEN 20 AND 130;

INSERT INTO loudness
SELECT window_start, window_end, zone, street, MAX(db), SUM(db) / CAST(COUNT(*) AS INT), COUNT(*), GROUPING_ID(zone, street)
FROM TABLE(TUMBLE(TABLE band, DESCRIPTOR(ts), INTERVAL '20' MINUTE))
GROUP BY window_start, window_end, GROUPING SETS ((), (zone), (zone, street));

-- the loudest band of each meter in each window
INSERT INTO band_top
SELECT window_end, meter, hz, db
FROM (
  SELECT window_start, window_end, meter, hz, db,
    ROW_NUMBER() OVER (PARTITION BY window_start, window_end, meter ORDER BY db DESC, hz ASC) AS rn
  FROM (
    SELECT window_start, window_end, meter, hz, MAX(db) AS db
    FROM TABLE(TUMBLE(TABLE band, DESCRIPTOR(ts), INTERVAL '20' MINUTE))
    GROUP BY window_start, window_end, meter, hz
  )
)
WHERE rn = 1;

INSERT INTO complaint
SELECT x.meter, x.street, x.ts, x.db - l.db, x.bands
FROM (
  SELECT meter, place.street AS street, zone, ts, bands[1].db AS db, CARDINALITY(bands) AS bands
  FROM reading
) AS x
JOIN limit_value AS l ON l.zone = x.zone
WHERE x.db > l.db + 20;

-- minutes in which a meter stayed below 60 dB in all bands
INSERT INTO quiet_night
SELECT m.meter, m.owner, COUNT(*)
FROM (
  SELECT window_start, meter, owner, MAX(db) AS peak
  FROM TABLE(TUMBLE(TABLE band, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
  GROUP BY window_start, window_end, meter, owner
) AS m
WHERE m.peak < 60
GROUP BY m.meter, m.owner;
