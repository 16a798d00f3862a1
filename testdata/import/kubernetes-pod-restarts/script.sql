-- Container states of a Kubernetes cluster, as the agent sends them. No time of their own: Kafka's counts.
CREATE TABLE container_states (
    namespace STRING,
    pod STRING,
    container STRING,
    labels MAP<STRING, STRING>,
    restarts INT,
    memory_bytes BIGINT,
    memory_limit BIGINT,
    `timestamp` TIMESTAMP_LTZ(3) METADATA VIRTUAL,
    headers MAP<STRING, BYTES> METADATA VIRTUAL,
    seen_at AS PROCTIME(),
    WATERMARK FOR `timestamp` AS `timestamp` - INTERVAL '1' SECOND
) WITH (
    'connector' = 'kafka',
    'topic' = 'k8s.container-states',
    'properties.bootstrap.servers' = 'kafka.monitoring.svc:9092',
    'scan.startup.mode' = 'timestamp',
    'scan.startup.timestamp-millis' = '1735689600000',
    'format' = 'json'
);

-- Who is called at night, kept in the team's database.
CREATE TABLE teams (
    name STRING,
    channel STRING,
    on_call STRING,
    PRIMARY KEY (name) NOT ENFORCED
) WITH (
    'connector' = 'jdbc',
    'url' = 'jdbc:postgresql://db.internal:5432/ops',
    'table-name' = 'teams',
    'lookup.cache' = 'PARTIAL',
    'lookup.partial-cache.max-rows' = '500',
    'lookup.partial-cache.expire-after-write' = '10 min'
);

CREATE TABLE pages (
    channel STRING,
    on_call STRING,
    message STRING
) WITH ('connector' = 'kafka', 'topic' = 'pages', 'properties.bootstrap.servers' = 'kafka.monitoring.svc:9092', 'format' = 'json');

CREATE TABLE memory_use (
    namespace STRING,
    app STRING,
    window_start TIMESTAMP(3),
    used_share DOUBLE,
    pods BIGINT
) WITH ('connector' = 'blackhole');

CREATE VIEW states AS
SELECT
    namespace,
    pod,
    container,
    labels['app.kubernetes.io/name'] AS app,
    labels['team'] AS team,
    restarts,
    memory_bytes / CAST(memory_limit AS DOUBLE) AS used_share,
    `timestamp` AS ts,
    seen_at
FROM container_states
WHERE namespace NOT IN ('kube-system', 'kube-public') AND memory_limit > 0;

-- A restart is seen when the counter grows.
CREATE VIEW counted AS
SELECT
    namespace, pod, container, app, team, restarts, seen_at,
    LAG(restarts) OVER (PARTITION BY namespace, pod, container ORDER BY seen_at) AS restarts_before
FROM states;

CREATE VIEW restarted AS
SELECT *, PROCTIME() AS looked_up_at
FROM counted
WHERE restarts > restarts_before;

EXECUTE STATEMENT SET BEGIN
INSERT INTO pages
SELECT /*+ LOOKUP('table' = 'teams', 'retry-predicate' = 'lookup_miss', 'retry-strategy' = 'fixed_delay', 'fixed-delay' = '5 s', 'max-attempts' = '3') */
    teams.channel,
    teams.on_call,
    CONCAT_WS(' ', r.namespace, r.pod, 'restarted', CAST(r.restarts - r.restarts_before AS STRING), 'times')
FROM restarted AS r
LEFT JOIN teams FOR SYSTEM_TIME AS OF r.looked_up_at
    ON r.team = teams.name;

INSERT INTO memory_use
SELECT namespace, app, window_start, MAX(used_share), COUNT(DISTINCT pod)
FROM TABLE(TUMBLE(TABLE states, DESCRIPTOR(ts), INTERVAL '5' MINUTE))
GROUP BY namespace, app, window_start, window_end;
END;
