-- An auction house with one stream of all events: bids in euros, chosen auctions, and labels for channels.
CREATE TABLE event_stream (
    event_type INT,
    person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING, `dateTime` TIMESTAMP(3), extra STRING>,
    auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, `dateTime` TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
    bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` TIMESTAMP(3), extra STRING>,
    `dateTime` AS CASE WHEN event_type = 0 THEN person.`dateTime` WHEN event_type = 1 THEN auction.`dateTime` ELSE bid.`dateTime` END,
    WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '4' SECOND
) WITH ('connector' = 'datagen', 'rows-per-second' = '1000');

CREATE VIEW bid AS
SELECT bid.auction, bid.bidder, bid.price, bid.channel, bid.url, `dateTime`, bid.extra
FROM event_stream WHERE event_type = 2;

CREATE TABLE all_bids (auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), extra STRING) WITH ('connector' = 'blackhole');
CREATE TABLE bids_in_euro (auction BIGINT, bidder BIGINT, price DECIMAL(23, 3), `dateTime` TIMESTAMP(3), extra STRING) WITH ('connector' = 'blackhole');
CREATE TABLE chosen (auction BIGINT, price BIGINT) WITH ('connector' = 'blackhole');
CREATE TABLE daytime (auction BIGINT, bidder BIGINT, price DECIMAL(23, 3), part_of_day STRING, `dateTime` TIMESTAMP(3), c_count BIGINT) WITH ('connector' = 'blackhole');
CREATE TABLE channels (auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, channel_id STRING) WITH ('connector' = 'blackhole');
CREATE TABLE url_parts (auction BIGINT, bidder BIGINT, price BIGINT, dir1 STRING, dir2 STRING, dir3 STRING) WITH ('connector' = 'blackhole');

EXECUTE STATEMENT SET
BEGIN
    INSERT INTO all_bids SELECT auction, bidder, price, `dateTime`, extra FROM bid;

    -- dollars into euros
    INSERT INTO bids_in_euro
    SELECT auction, bidder, 0.908 * price AS price, `dateTime`, extra
    FROM bid;

    INSERT INTO chosen
    SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0;

    INSERT INTO daytime
    SELECT auction, bidder, 0.908 * price AS price,
        CASE
            WHEN HOUR(`dateTime`) >= 8 AND HOUR(`dateTime`) <= 18 THEN 'day'
            WHEN HOUR(`dateTime`) <= 6 OR HOUR(`dateTime`) >= 20 THEN 'night'
            ELSE 'other'
        END AS part_of_day,
        `dateTime`,
        CAST(CHAR_LENGTH(extra) - CHAR_LENGTH(REPLACE(extra, 'c', '')) AS BIGINT) AS c_count
    FROM bid
    WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000;

    INSERT INTO channels
    SELECT auction, bidder, price, channel,
        CASE
            WHEN LOWER(channel) = 'apple' THEN '0'
            WHEN LOWER(channel) = 'google' THEN '1'
            WHEN LOWER(channel) = 'baidu' THEN '2'
            ELSE REGEXP_EXTRACT(url, '(&|^)channel_id=([^&]*)', 2)
        END AS channel_id
    FROM bid
    WHERE REGEXP_EXTRACT(url, '(&|^)channel_id=([^&]*)', 2) IS NOT NULL OR LOWER(channel) IN ('apple', 'google', 'baidu');

    INSERT INTO url_parts
    SELECT auction, bidder, price, SPLIT_INDEX(url, '/', 3) AS dir1, SPLIT_INDEX(url, '/', 4) AS dir2, SPLIT_INDEX(url, '/', 5) AS dir3
    FROM bid;
END;
