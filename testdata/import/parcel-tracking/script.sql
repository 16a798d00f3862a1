-- Parcels: where they are, which are late, and which depots lose them.
CREATE TABLE parcels (
  parcel STRING, sender STRING, weight_g INT, promised TIMESTAMP(3), created TIMESTAMP(3),
  WATERMARK FOR created AS created - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${data}/parcels.csv', 'format' = 'csv');

CREATE TABLE scans (
  parcel STRING, depot STRING, what STRING, scanned TIMESTAMP(3),
  WATERMARK FOR scanned AS scanned - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${data}/scans.csv', 'format' = 'csv');

CREATE TABLE last_seen (parcel STRING, depot STRING, what STRING, scanned TIMESTAMP(3), steps BIGINT) WITH ('connector' = 'print');
CREATE TABLE late (parcel STRING, sender STRING, minutes_late BIGINT) WITH ('connector' = 'print');
CREATE TABLE depot_balance (depot STRING, came_in BIGINT, went_out BIGINT, kept BIGINT) WITH ('connector' = 'print');
CREATE TABLE first_scan_delay (parcel STRING, depot STRING, delay_class STRING) WITH ('connector' = 'print');

-- Where a parcel was last.
CREATE VIEW newest_scan AS
SELECT parcel, depot, what, scanned FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY parcel ORDER BY scanned DESC) AS n FROM scans
) WHERE n = 1;

CREATE VIEW steps AS SELECT parcel, COUNT(*) AS steps FROM scans GROUP BY parcel;

CREATE VIEW delivered AS SELECT parcel, scanned AS delivered_at FROM scans WHERE what = 'delivered';

EXECUTE STATEMENT SET BEGIN

INSERT INTO last_seen
SELECT n.parcel, n.depot, n.what, n.scanned, s.steps
FROM newest_scan n INNER JOIN steps s USING (parcel);

INSERT INTO late
SELECT p.parcel, p.sender, TIMESTAMPDIFF(MINUTE, p.promised, d.delivered_at)
FROM parcels p JOIN delivered d ON p.parcel = d.parcel
WHERE d.delivered_at > p.promised;

INSERT INTO depot_balance
SELECT COALESCE(i.depot, o.depot), COALESCE(i.n, 0), COALESCE(o.n, 0), COALESCE(i.n, 0) - COALESCE(o.n, 0)
FROM (SELECT depot, COUNT(*) AS n FROM scans WHERE what = 'in' GROUP BY depot) i
FULL JOIN (SELECT depot, COUNT(*) AS n FROM scans WHERE what IN ('out', 'delivered') GROUP BY depot) o
ON i.depot = o.depot;

-- Scans of the first two hours of a parcel, and parcels without any.
INSERT INTO first_scan_delay
SELECT p.parcel, s.depot,
  CASE WHEN s.scanned IS NULL THEN 'none' WHEN s.scanned < p.created + INTERVAL '30' MINUTE THEN 'fast' ELSE 'slow' END
FROM parcels p
LEFT JOIN scans s ON p.parcel = s.parcel
  AND s.scanned >= p.created AND s.scanned < p.created + INTERVAL '2' HOUR;

END;
