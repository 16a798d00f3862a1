-- Moderation of a chat: messages that break a rule, who does it again and again, and what the moderators should look at.
CREATE TABLE messages (
	room STRING, author STRING, body STRING, mentions ARRAY<STRING>,
	sent_at TIMESTAMP(3), WATERMARK FOR sent_at AS sent_at - INTERVAL '2' SECOND
) WITH ('connector' = 'kafka', 'topic' = 'chat', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'latest-offset', 'format' = 'json');
CREATE TABLE muted (author STRING, room STRING, PRIMARY KEY (author, room) NOT ENFORCED)
WITH ('connector' = 'upsert-kafka', 'topic' = 'muted', 'properties.bootstrap.servers' = 'kafka:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE TABLE friends (author STRING, friend STRING) WITH ('connector' = 'kafka', 'topic' = 'friends', 'properties.bootstrap.servers' = 'kafka:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');
CREATE TABLE actions (author STRING, room STRING, action STRING, reason STRING) WITH ('connector' = 'print');
CREATE TABLE queue (room STRING, author STRING, body STRING, score INT, sent_at TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE room_mood (room STRING, minute_start TIMESTAMP(3), messages BIGINT, shouting BIGINT, people BIGINT) WITH ('connector' = 'print');

CREATE VIEW spoken AS
SELECT room, author, TRIM(BOTH FROM body) AS body, mentions, sent_at FROM messages
WHERE body IS NOT NULL AND CHAR_LENGTH(TRIM(BOTH FROM body)) > 0;

-- muted people do not count, they are not heard anyway
CREATE VIEW heard AS
SELECT * FROM spoken s
WHERE NOT EXISTS (SELECT 1 FROM muted m WHERE m.author = s.author AND m.room = s.room);

CREATE VIEW flagged AS
SELECT room, author, body, 'link' AS reason, 2 AS score, sent_at FROM heard WHERE body LIKE '%http%' AND body NOT LIKE '%://chat.example/%'
UNION ALL
SELECT room, author, body, 'shouting', 1, sent_at FROM heard WHERE body = UPPER(body) AND body SIMILAR TO '%[A-Z]{8,}%'
UNION ALL
SELECT room, author, body, 'too many mentions', CARDINALITY(mentions), sent_at FROM heard WHERE CARDINALITY(mentions) > 5
UNION ALL
SELECT room, author, body, 'stranger', 3, sent_at FROM heard h
WHERE ARRAY_CONTAINS(mentions, '@all') AND author NOT IN (SELECT f.author FROM friends f WHERE f.author IS NOT NULL);

CREATE VIEW offenders AS
SELECT author, room, SUM(score) AS score, COUNT(DISTINCT reason) AS reasons
FROM flagged
GROUP BY author, room;

EXECUTE STATEMENT SET
BEGIN
	INSERT INTO actions
	SELECT author, room, CASE WHEN score > 20 THEN 'ban' WHEN score > 10 THEN 'mute' ELSE 'warn' END, CONCAT(CAST(reasons AS STRING), ' rules, ', CAST(score AS STRING), ' points')
	FROM offenders WHERE score > 5;

	INSERT INTO queue SELECT room, author, body, score, sent_at FROM flagged WHERE score >= 3;

	INSERT INTO room_mood
	SELECT room, window_start, COUNT(*), COUNT(*) FILTER (WHERE body = UPPER(body)), COUNT(DISTINCT author)
	FROM TABLE(TUMBLE(TABLE spoken, DESCRIPTOR(sent_at), INTERVAL '1' MINUTE))
	GROUP BY room, window_start, window_end;
END;
