-- The last bid of every bidder in each ten minutes, and the auction's own top of them.
CREATE TABLE bid (
  auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, extra VARCHAR, `dateTime` TIMESTAMP(3),
  WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '4' SECOND
) WITH ('connector' = 'datagen', 'number-of-rows' = '1000');
CREATE TABLE last_bid (auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), window_start TIMESTAMP(3), window_end TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE highest (auction BIGINT, bidder BIGINT, price BIGINT, window_end TIMESTAMP(3), rownum BIGINT) WITH ('connector' = 'print');
CREATE TABLE channel_share (channel VARCHAR, window_end TIMESTAMP(3), bidders BIGINT, share DOUBLE) WITH ('connector' = 'print');

CREATE VIEW last_bids AS
SELECT auction, bidder, price, channel, `dateTime`, window_start, window_end, window_time
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, auction, bidder ORDER BY `dateTime` DESC) AS rownum
  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '10' MINUTES))
)
WHERE rownum <= 1;

INSERT INTO last_bid SELECT auction, bidder, price, `dateTime`, window_start, window_end FROM last_bids;

INSERT INTO highest
SELECT auction, bidder, price, window_end, rownum FROM (
  SELECT auction, bidder, price, window_end, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, auction ORDER BY price DESC, bidder) rownum FROM last_bids
) WHERE rownum < 4;

INSERT INTO channel_share
SELECT c.channel, c.window_end, c.bidders, c.bidders * 1.0E0 / a.bidders
FROM (
  SELECT channel, window_start, window_end, COUNT(DISTINCT bidder) AS bidders FROM last_bids GROUP BY channel, window_start, window_end
) c
JOIN (
  SELECT window_start, window_end, COUNT(DISTINCT bidder) AS bidders FROM last_bids GROUP BY window_start, window_end
) a ON c.window_start = a.window_start AND c.window_end = a.window_end;
