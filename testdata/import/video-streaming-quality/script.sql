/*******************************************************************************
  QoS of the video service, second by second -> session by session -> ISP by ISP
  Input is one topic with all events of the players. Players lie: clocks are
  wrong, so the broker's time is the event time here.
*******************************************************************************/
SET 'pipeline.name' = 'video-qos';
SET 'execution.checkpointing.interval' = '15 s';
SET 'table.exec.source.idle-timeout' = '10 s';
SET 'table.exec.emit.early-fire.enabled' = 'false';

CREATE TABLE player_event (
    payload     STRING,
    headers     MAP<STRING, BYTES> METADATA VIRTUAL,
    arrived     TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
    session_id  AS JSON_VALUE(payload, '$.sid'),
    viewer_id   AS JSON_VALUE(payload, '$.viewer.id'),
    country     AS JSON_VALUE(payload, '$.viewer.geo.country' DEFAULT 'ZZ' ON EMPTY),
    asn         AS JSON_VALUE(payload, '$.net.asn' RETURNING INTEGER),
    content_id  AS JSON_VALUE(payload, '$.content.id'),
    is_live     AS JSON_VALUE(payload, '$.content.live' RETURNING BOOLEAN DEFAULT FALSE ON EMPTY),
    event_name  AS JSON_VALUE(payload, '$.e'),
    kbps        AS JSON_VALUE(payload, '$.d.bitrate' RETURNING INTEGER NULL ON ERROR),
    stall_ms    AS JSON_VALUE(payload, '$.d.stall' RETURNING INTEGER NULL ON ERROR),
    startup_ms  AS JSON_VALUE(payload, '$.d.startup' RETURNING INTEGER NULL ON ERROR),
    error_code  AS JSON_VALUE(payload, '$.d.error'),
    cdn         AS UPPER(JSON_VALUE(payload, '$.net.cdn')),
    WATERMARK FOR arrived AS arrived - INTERVAL '5' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'player-events-eu;player-events-us',
    'properties.bootstrap.servers' = 'kafka-eu:9092',
    'properties.group.id' = 'video-qos',
    'scan.startup.mode' = 'timestamp',
    'scan.startup.timestamp-millis' = '1735689600000',
    'format' = 'raw'
);

CREATE TABLE catalogue (
    content_id STRING,
    title      STRING,
    genre      STRING,
    season     INT,
    `language` STRING,
    PRIMARY KEY (content_id) NOT ENFORCED
) WITH (
    'connector' = 'jdbc',
    'url' = 'jdbc:postgresql://cms:5432/cms',
    'table-name' = 'content',
    'lookup.cache' = 'PARTIAL',
    'lookup.partial-cache.expire-after-access' = '10 min',
    'lookup.max-retries' = '3'
);

CREATE TABLE isp (
    asn  INT,
    name STRING,
    kind STRING,
    PRIMARY KEY (asn) NOT ENFORCED
) WITH ('connector' = 'jdbc', 'url' = 'jdbc:postgresql://net:5432/net', 'table-name' = 'isp');

-- sinks

CREATE TABLE minute_by_cdn (
    window_start TIMESTAMP(3), window_end TIMESTAMP(3),
    country STRING, cdn STRING,
    sessions BIGINT, plays BIGINT, errors BIGINT, kbps_mean DOUBLE, stall_ratio DOUBLE, level STRING
) WITH ('connector' = 'kafka', 'topic' = 'qos.minute', 'properties.bootstrap.servers' = 'kafka-eu:9092', 'format' = 'json');

CREATE TABLE session_summary (
    session_id STRING, viewer_id STRING, title STRING, genre STRING, isp STRING,
    began TIMESTAMP(3), seconds BIGINT, stalls BIGINT, stalled_ms INT, kbps_mean INT, score INT
) PARTITIONED BY (genre) WITH (
    'connector' = 'filesystem', 'path' = 'file:///lake/video/session', 'format' = 'json',
    'sink.rolling-policy.rollover-interval' = '10 min', 'sink.rolling-policy.check-interval' = '1 min'
);

CREATE TABLE bad_isp (
    window_end TIMESTAMP(3), country STRING, place BIGINT, asn INT, name STRING, stall_ratio DOUBLE, sessions BIGINT
) WITH ('connector' = 'print');

CREATE TABLE error_burst (
    cdn STRING, error_code STRING, started TIMESTAMP(3), ended TIMESTAMP(3), viewers BIGINT
) WITH ('connector' = 'kafka', 'topic' = 'qos.burst', 'properties.bootstrap.servers' = 'kafka-eu:9092', 'format' = 'json');

CREATE TABLE give_up (
    session_id STRING, content_id STRING, asked TIMESTAMP_LTZ(3), startup_ms INT
) WITH ('connector' = 'blackhole');

-- views

CREATE TEMPORARY VIEW ev AS
    SELECT
        session_id, viewer_id, country, asn, content_id, is_live, event_name,
        kbps, stall_ms, startup_ms, error_code, cdn, arrived,
        PROCTIME() AS pt
    FROM player_event
    WHERE session_id IS NOT NULL AND event_name IS NOT NULL;

CREATE TEMPORARY VIEW heartbeat AS
    SELECT * FROM ev WHERE event_name = 'hb';

-- one row per minute, country and CDN, the totals of the country, and the grand total
CREATE TEMPORARY VIEW minute_cube AS
    SELECT
        window_start, window_end, window_time, country, cdn,
        COUNT(DISTINCT session_id) AS sessions,
        COUNT(*) FILTER (WHERE event_name = 'play') AS plays,
        COUNT(*) FILTER (WHERE event_name = 'error') AS errors,
        AVG(CAST(kbps AS DOUBLE)) AS kbps_mean,
        SUM(stall_ms) / 60000.0 AS stall_minutes,
        GROUPING(country) AS all_countries,
        GROUPING(cdn) AS all_cdns
    FROM TABLE(TUMBLE(TABLE ev, DESCRIPTOR(arrived), INTERVAL '1' MINUTE))
    GROUP BY window_start, window_end, window_time, GROUPING SETS ((country, cdn), (country), ());

CREATE TEMPORARY VIEW minute_labelled AS
    SELECT
        m.*,
        CASE all_countries + all_cdns WHEN 0 THEN 'cdn' WHEN 1 THEN 'country' ELSE 'world' END AS level,
        CASE WHEN sessions = 0 THEN 0 ELSE stall_minutes / sessions END AS stall_ratio
    FROM minute_cube AS m;

-- sessions end after two minutes of silence
CREATE TEMPORARY VIEW sessions AS
    SELECT
        window_start AS began,
        window_end AS ended,
        window_time AS rt,
        session_id,
        MIN(viewer_id) AS viewer_id,
        MIN(content_id) AS content_id,
        MIN(asn) AS asn,
        COUNT(stall_ms) AS stalls,
        COALESCE(SUM(stall_ms), 0) AS stalled_ms,
        AVG(kbps) AS kbps_mean
    FROM TABLE(SESSION(TABLE ev PARTITION BY session_id, DESCRIPTOR(arrived), INTERVAL '2' MINUTE))
    GROUP BY window_start, window_end, window_time, session_id;

CREATE TEMPORARY VIEW sessions_named AS
    SELECT s.*, c.title, c.genre, i.name AS isp_name
    FROM (SELECT *, PROCTIME() AS pt FROM sessions) AS s
    LEFT JOIN catalogue FOR SYSTEM_TIME AS OF s.pt AS c ON c.content_id = s.content_id
    LEFT JOIN isp FOR SYSTEM_TIME AS OF s.pt AS i ON i.asn = s.asn;

-- ISPs of five minutes
CREATE TEMPORARY VIEW isp_window AS
    SELECT
        window_start, window_end, country, asn,
        SUM(stall_ms) / (300000.0 * COUNT(DISTINCT session_id)) AS stall_ratio,
        COUNT(DISTINCT session_id) AS sessions
    FROM TABLE(TUMBLE(TABLE heartbeat, DESCRIPTOR(arrived), INTERVAL '5' MINUTE))
    GROUP BY window_start, window_end, country, asn
    HAVING COUNT(DISTINCT session_id) >= 50;

CREATE TEMPORARY VIEW isp_worst AS
    SELECT window_start, window_end, country, asn, stall_ratio, sessions, place
    FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, country ORDER BY stall_ratio DESC, sessions DESC) AS place
        FROM isp_window
    ) WHERE place <= 3;

EXECUTE STATEMENT SET
BEGIN
    INSERT INTO minute_by_cdn
        SELECT window_start, window_end, country, cdn, sessions, plays, errors, kbps_mean, stall_ratio, level
        FROM minute_labelled;

    INSERT INTO session_summary (session_id, viewer_id, title, isp, began, seconds, stalls, stalled_ms, kbps_mean, score, genre)
        SELECT
            session_id, viewer_id, title, isp_name, began,
            TIMESTAMPDIFF(SECOND, began, ended), stalls, stalled_ms, kbps_mean,
            100 - CASE WHEN stalls > 10 THEN 50 ELSE CAST(stalls AS INT) * 5 END
                - CASE WHEN kbps_mean < 1500 THEN 30 WHEN kbps_mean < 4000 THEN 10 ELSE 0 END,
            COALESCE(genre, 'unknown')
        FROM sessions_named;

    INSERT INTO bad_isp
        SELECT w.window_end, w.country, w.place, w.asn, i.name, w.stall_ratio, w.sessions
        FROM isp_worst AS w LEFT JOIN isp AS i ON i.asn = w.asn;

    INSERT INTO error_burst
        SELECT cdn, MIN(error_code), window_start, window_end, COUNT(DISTINCT viewer_id)
        FROM TABLE(SESSION(
            DATA => TABLE ev PARTITION BY cdn,
            TIMECOL => DESCRIPTOR(arrived),
            GAP => INTERVAL '20' SECOND))
        WHERE event_name = 'error'
        GROUP BY window_start, window_end, cdn
        HAVING COUNT(*) > 1000;

    -- asked for a film, and no picture within 15 s
    INSERT INTO give_up
        SELECT a.session_id, a.content_id, a.arrived, CAST(NULL AS INT)
        FROM (SELECT * FROM ev WHERE event_name = 'request') AS a
        LEFT JOIN (SELECT session_id, arrived, startup_ms FROM ev WHERE event_name = 'first-frame') AS f
            ON a.session_id = f.session_id
            AND f.arrived BETWEEN a.arrived AND a.arrived + INTERVAL '15' SECOND
        WHERE f.session_id IS NULL AND NOT COALESCE(a.is_live, FALSE);
END;
