-- Hot items, highest bids and new sellers of an auction house, all in windows.
SET 'table.local-time-zone' = 'UTC';

CREATE TABLE bid (
  auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, bid_time TIMESTAMP(3),
  WATERMARK FOR bid_time AS bid_time - INTERVAL '4' SECOND
) WITH ('connector' = 'datagen', 'fields.auction.min' = '1', 'fields.auction.max' = '1000');
CREATE TABLE person (
  id BIGINT, name STRING, joined TIMESTAMP(3), WATERMARK FOR joined AS joined - INTERVAL '4' SECOND
) WITH ('connector' = 'datagen');
CREATE TABLE auction (
  id BIGINT, seller BIGINT, opened TIMESTAMP(3), WATERMARK FOR opened AS opened - INTERVAL '4' SECOND
) WITH ('connector' = 'datagen');

CREATE TABLE hot_items (auction BIGINT, num BIGINT) WITH ('connector' = 'print');
CREATE TABLE highest (auction BIGINT, price BIGINT, bidder BIGINT, bid_time TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE new_sellers (id BIGINT, name STRING, start_time TIMESTAMP(3)) WITH ('connector' = 'print');
CREATE TABLE bids_per_session (bidder BIGINT, bid_count BIGINT, start_time TIMESTAMP(3), end_time TIMESTAMP(3)) WITH ('connector' = 'print');

-- The item with the most bids of the last ten seconds, every two seconds.
INSERT INTO hot_items
SELECT AuctionBids.auction, AuctionBids.num
FROM (
  SELECT auction, COUNT(*) AS num, window_start AS starttime, window_end AS endtime
  FROM TABLE(HOP(TABLE bid, DESCRIPTOR(bid_time), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
  GROUP BY auction, window_start, window_end
) AS AuctionBids
JOIN (
  SELECT MAX(CountBids.num) AS maxn, CountBids.starttime, CountBids.endtime
  FROM (
    SELECT COUNT(*) AS num, window_start AS starttime, window_end AS endtime
    FROM TABLE(HOP(TABLE bid, DESCRIPTOR(bid_time), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
    GROUP BY auction, window_start, window_end
  ) AS CountBids
  GROUP BY CountBids.starttime, CountBids.endtime
) AS MaxBids
ON AuctionBids.starttime = MaxBids.starttime AND AuctionBids.endtime = MaxBids.endtime AND AuctionBids.num >= MaxBids.maxn;

-- The highest bid of ten seconds, with the one who made it.
INSERT INTO highest
SELECT B.auction, B.price, B.bidder, B.bid_time
FROM bid B
JOIN (
  SELECT MAX(price) AS maxprice, window_time AS at_time
  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(bid_time), INTERVAL '10' SECOND))
  GROUP BY window_start, window_end, window_time
) B1
ON B.price = B1.maxprice
WHERE B.bid_time BETWEEN B1.at_time - INTERVAL '10' SECOND AND B1.at_time;

-- People who sold something in the same ten seconds in which they joined.
INSERT INTO new_sellers
SELECT P.id, P.name, P.starttime
FROM (
  SELECT id, name, window_start AS starttime, window_end AS endtime
  FROM TABLE(TUMBLE(TABLE person, DESCRIPTOR(joined), INTERVAL '10' SECOND))
  GROUP BY id, name, window_start, window_end
) P
JOIN (
  SELECT seller, window_start AS starttime, window_end AS endtime
  FROM TABLE(TUMBLE(TABLE auction, DESCRIPTOR(opened), INTERVAL '10' SECOND))
  GROUP BY seller, window_start, window_end
) A
ON P.id = A.seller AND P.starttime = A.starttime AND P.endtime = A.endtime;

INSERT INTO bids_per_session
SELECT bidder, COUNT(*), window_start, window_end
FROM TABLE(SESSION(TABLE bid PARTITION BY bidder, DESCRIPTOR(bid_time), INTERVAL '10' SECOND))
GROUP BY bidder, window_start, window_end;
