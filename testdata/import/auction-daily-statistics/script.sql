SET 'table.exec.mini-batch.enabled'='true';
SET 'table.exec.mini-batch.allow-latency'='2s';
SET 'table.exec.mini-batch.size'='50000';
SET 'table.optimizer.distinct-agg.split.enabled'='true';
CREATE TABLE bid(auction BIGINT,bidder BIGINT,price BIGINT,channel STRING,url STRING,dt TIMESTAMP(3),extra STRING,WATERMARK FOR dt AS dt-INTERVAL '4' SECOND) WITH ('connector'='datagen');
CREATE TABLE per_day(`day` STRING,total_bids BIGINT,rank1_bids BIGINT,rank2_bids BIGINT,rank3_bids BIGINT,total_bidders BIGINT,rank1_bidders BIGINT,rank2_bidders BIGINT,rank3_bidders BIGINT,total_auctions BIGINT,rank1_auctions BIGINT,PRIMARY KEY(`day`) NOT ENFORCED) WITH ('connector'='upsert-kafka','topic'='per_day','properties.bootstrap.servers'='k:9092','key.format'='csv','value.format'='json');
CREATE TABLE per_channel(channel STRING,`day` STRING,`minute` STRING,total_bids BIGINT,total_bidders BIGINT,PRIMARY KEY(channel,`day`) NOT ENFORCED) WITH ('connector'='upsert-kafka','topic'='per_channel','properties.bootstrap.servers'='k:9092','key.format'='json','value.format'='json');
CREATE TABLE per_auction(auction BIGINT,`day` STRING,total_bids BIGINT,rank1_bids BIGINT,min_price BIGINT,max_price BIGINT,avg_price BIGINT,sum_price BIGINT,PRIMARY KEY(auction,`day`) NOT ENFORCED) WITH ('connector'='upsert-kafka','topic'='per_auction','properties.bootstrap.servers'='k:9092','key.format'='json','value.format'='json');
CREATE TABLE last_bids(auction BIGINT,bidder BIGINT,price BIGINT,dt TIMESTAMP(3)) WITH ('connector'='kafka','topic'='last','properties.bootstrap.servers'='k:9092','format'='debezium-json');
CREATE TABLE top_bids(auction BIGINT,bidder BIGINT,price BIGINT,rank_number BIGINT) WITH ('connector'='kafka','topic'='top','properties.bootstrap.servers'='k:9092','format'='debezium-json');

INSERT INTO per_day SELECT DATE_FORMAT(dt,'yyyy-MM-dd') AS `day`,count(*),count(*) filter (where price<10000),count(*) filter (where price>=10000 and price<1000000),count(*) filter (where price>=1000000),count(distinct bidder),count(distinct bidder) filter (where price<10000),count(distinct bidder) filter (where price>=10000 and price<1000000),count(distinct bidder) filter (where price>=1000000),count(distinct auction),count(distinct auction) filter (where price<10000) FROM bid GROUP BY DATE_FORMAT(dt,'yyyy-MM-dd');
INSERT INTO per_channel SELECT channel,DATE_FORMAT(dt,'yyyy-MM-dd') AS `day`,max(DATE_FORMAT(dt,'HH:mm')) AS `minute`,count(*),count(distinct bidder) FROM bid GROUP BY channel,DATE_FORMAT(dt,'yyyy-MM-dd');
INSERT INTO per_auction SELECT auction,DATE_FORMAT(dt,'yyyy-MM-dd') AS `day`,count(*),count(*) filter (where price<10000),min(price),max(price),avg(price),sum(price) FROM bid GROUP BY auction,DATE_FORMAT(dt,'yyyy-MM-dd');
INSERT INTO last_bids SELECT auction,bidder,price,dt FROM (SELECT *,ROW_NUMBER() OVER (PARTITION BY bidder,auction ORDER BY dt DESC) AS rank_number FROM bid) WHERE rank_number<=1;
INSERT INTO top_bids SELECT auction,bidder,price,rank_number FROM (SELECT *,ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS rank_number FROM bid) WHERE rank_number<=10;
