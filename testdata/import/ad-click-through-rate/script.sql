-- Impressions and clicks of an ad server, joined within half an hour, as click-through rates of three kinds.
CREATE TABLE impressions (
    impression_id STRING,
    campaign_id   INT,
    creative      ROW<id INT, `format` STRING>,
    placement     STRING,
    shown_at      TIMESTAMP(3),
    WATERMARK FOR shown_at AS shown_at - INTERVAL '10' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'ads.impressions',
    'properties.bootstrap.servers' = 'localhost:9092',
    'properties.group.id' = 'ctr',
    'scan.startup.mode' = 'earliest-offset',
    'format' = 'json'
);

CREATE TABLE clicks (
    impression_id STRING,
    clicked_at    TIMESTAMP(3),
    WATERMARK FOR clicked_at AS clicked_at - INTERVAL '10' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'ads.clicks',
    'properties.bootstrap.servers' = 'localhost:9092',
    'properties.group.id' = 'ctr',
    'scan.startup.mode' = 'earliest-offset',
    'format' = 'json'
);

CREATE TABLE ctr_by_campaign (
    campaign_id INT,
    minute_end  TIMESTAMP(3),
    impressions BIGINT,
    clicks      BIGINT,
    ctr         DOUBLE
) WITH ('connector' = 'print');

CREATE TABLE ctr_by_format (
    `format` STRING,
    rate     DOUBLE,
    PRIMARY KEY (`format`) NOT ENFORCED
) WITH (
    'connector' = 'upsert-kafka',
    'topic' = 'ads.ctr.by-format',
    'properties.bootstrap.servers' = 'localhost:9092',
    'key.format' = 'json',
    'value.format' = 'json'
);

CREATE TABLE ghost_clicks (impression_id STRING, clicked_at TIMESTAMP(3)) WITH ('connector' = 'blackhole');

-- A click belongs to an impression when it comes within half an hour.
CREATE TEMPORARY VIEW attributed AS
SELECT
    i.impression_id,
    i.campaign_id,
    i.creative.`format` AS ad_format,
    i.placement,
    i.shown_at,
    c.clicked_at
FROM impressions i
LEFT JOIN clicks c
    ON i.impression_id = c.impression_id
    AND c.clicked_at BETWEEN i.shown_at AND i.shown_at + INTERVAL '30' MINUTE;

EXECUTE STATEMENT SET
BEGIN
INSERT INTO ctr_by_campaign
SELECT
    campaign_id,
    window_end,
    COUNT(impression_id),
    COUNT(clicked_at),
    COUNT(clicked_at) / CAST(COUNT(impression_id) AS DOUBLE)
FROM TABLE(HOP(TABLE attributed, DESCRIPTOR(shown_at), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE))
GROUP BY campaign_id, window_start, window_end
HAVING COUNT(impression_id) >= 100;

INSERT INTO ctr_by_format
SELECT ad_format, SUM(clicked) / SUM(shown)
FROM (
    SELECT ad_format, 1E0 AS shown, CASE WHEN clicked_at IS NULL THEN 0E0 ELSE 1E0 END AS clicked
    FROM attributed
    WHERE placement IN ('top', 'side', 'feed')
)
GROUP BY ad_format;

INSERT INTO ghost_clicks
SELECT impression_id, clicked_at
FROM clicks
WHERE NOT EXISTS (SELECT 1 FROM impressions WHERE impressions.impression_id = clicks.impression_id);
END;
