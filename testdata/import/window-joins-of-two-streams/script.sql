-- Two gates of a stadium and its ticket shop, joined window by window in every way.
CREATE TABLE entries (ticket STRING, gate INT, passed_at TIMESTAMP(3), WATERMARK FOR passed_at AS passed_at - INTERVAL '3' SECOND) WITH ('connector' = 'datagen', 'fields.gate.min' = '1', 'fields.gate.max' = '8');
CREATE TABLE sales (ticket STRING, price DECIMAL(6, 2), sold_at TIMESTAMP(3), WATERMARK FOR sold_at AS sold_at - INTERVAL '3' SECOND) WITH ('connector' = 'datagen');
CREATE TABLE both_sides (ticket STRING, gate INT, price DECIMAL(6, 2), window_start TIMESTAMP(3), window_end TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE without_ticket (ticket STRING, gate INT, window_start TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE everything (ticket STRING, gate INT, price DECIMAL(6, 2), window_start TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE seen_again (ticket STRING, gate INT) WITH ('connector' = 'print');
CREATE TABLE not_sold_now (ticket STRING, gate INT) WITH ('connector' = 'print');

EXECUTE STATEMENT SET BEGIN
INSERT INTO both_sides
SELECT E.ticket, E.gate, S.price, E.window_start, E.window_end
FROM (SELECT * FROM TABLE(TUMBLE(TABLE entries, DESCRIPTOR(passed_at), INTERVAL '10' MINUTES))) E
JOIN (SELECT * FROM TABLE(TUMBLE(TABLE sales, DESCRIPTOR(sold_at), INTERVAL '10' MINUTES))) S
ON E.ticket = S.ticket AND E.window_start = S.window_start AND E.window_end = S.window_end;

INSERT INTO without_ticket
SELECT E.ticket, E.gate, E.window_start
FROM (SELECT * FROM TABLE(TUMBLE(TABLE entries, DESCRIPTOR(passed_at), INTERVAL '10' MINUTES))) E
LEFT JOIN (SELECT * FROM TABLE(TUMBLE(TABLE sales, DESCRIPTOR(sold_at), INTERVAL '10' MINUTES))) S
ON E.ticket = S.ticket AND E.window_start = S.window_start AND E.window_end = S.window_end
WHERE S.ticket IS NULL;

INSERT INTO everything
SELECT COALESCE(E.ticket, S.ticket), E.gate, S.price, COALESCE(E.window_start, S.window_start)
FROM (SELECT * FROM TABLE(HOP(TABLE entries, DESCRIPTOR(passed_at), INTERVAL '5' MINUTES, INTERVAL '10' MINUTES))) E
FULL JOIN (SELECT * FROM TABLE(HOP(TABLE sales, DESCRIPTOR(sold_at), INTERVAL '5' MINUTES, INTERVAL '10' MINUTES))) S
ON E.ticket = S.ticket AND E.window_start = S.window_start AND E.window_end = S.window_end;

-- the ticket was sold in the same quarter of an hour
INSERT INTO seen_again
SELECT ticket, gate FROM (
  SELECT * FROM TABLE(TUMBLE(TABLE entries, DESCRIPTOR(passed_at), INTERVAL '15' MINUTES))
) E WHERE E.ticket IN (
  SELECT ticket FROM (SELECT * FROM TABLE(TUMBLE(TABLE sales, DESCRIPTOR(sold_at), INTERVAL '15' MINUTES))) S
  WHERE E.window_start = S.window_start AND E.window_end = S.window_end
);

INSERT INTO not_sold_now
SELECT ticket, gate FROM (
  SELECT * FROM TABLE(TUMBLE(TABLE entries, DESCRIPTOR(passed_at), INTERVAL '15' MINUTES))
) E WHERE NOT EXISTS (
  SELECT * FROM (SELECT * FROM TABLE(TUMBLE(TABLE sales, DESCRIPTOR(sold_at), INTERVAL '15' MINUTES))) S
  WHERE E.ticket = S.ticket AND E.window_start = S.window_start AND E.window_end = S.window_end
);
END;
