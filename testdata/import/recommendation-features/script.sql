-- reco_features.sql ... features for the ranking model, near real time
-- every feature view has the same three columns first: entity, feature time, name
-- 1 user features   2 item features   3 user x category   4 co-visits   5 popularity

set 'pipeline.name' = 'reco-features';
set 'table.exec.state.ttl' = '7 d';
set 'table.exec.mini-batch.enabled' = 'true';
set 'table.exec.mini-batch.allow-latency' = '1 s';
set 'table.exec.mini-batch.size' = '2000';
set 'table.optimizer.distinct-agg.split.enabled' = 'true';

-- what people do: view, like, save, hide, share
create temporary table interaction (
	`user` bigint,
	item bigint,
	`action` string,
	dwell_ms int,
	surface string,
	context row<device string, app_version string, experiment array<string>>,
	ts timestamp(3),
	watermark for ts as ts - interval '10' second
) with (
	'connector' = 'kafka',
	'topic' = 'app.interaction',
	'properties.bootstrap.servers' = 'kafka:9092',
	'properties.group.id' = 'reco',
	'scan.startup.mode' = 'latest-offset',
	'format' = 'json'
);

create temporary table impression (
	request_id string,
	`user` bigint,
	slots array<row<item bigint, `position` int, score double>>,
	ts timestamp(3),
	watermark for ts as ts - interval '10' second
) with (
	'connector' = 'kafka',
	'topic' = 'app.impression',
	'properties.bootstrap.servers' = 'kafka:9092',
	'properties.group.id' = 'reco',
	'scan.startup.mode' = 'latest-offset',
	'format' = 'json'
);

create temporary table item (
	item bigint,
	author bigint,
	category string,
	tags array<string>,
	created timestamp(3),
	updated timestamp(3) metadata from 'value.ingestion-timestamp' virtual,
	primary key (item) not enforced,
	watermark for updated as updated
) with (
	'connector' = 'kafka',
	'topic' = 'cdc.item',
	'properties.bootstrap.servers' = 'kafka:9092',
	'scan.startup.mode' = 'earliest-offset',
	'value.format' = 'debezium-json'
);

-- everything of one row goes to the online store by (entity, feature)
create temporary table feature_online (
	entity string,
	feature string,
	`value` double,
	at_time timestamp(3),
	primary key (entity, feature) not enforced
) with (
	'connector' = 'upsert-kafka',
	'topic' = 'features.online',
	'properties.bootstrap.servers' = 'kafka:9092',
	'key.format' = 'json',
	'value.format' = 'json'
);

create temporary table feature_log (
	entity string, feature string, `value` double, at_time timestamp(3)
) with ('connector' = 'kafka', 'topic' = 'features.log', 'properties.bootstrap.servers' = 'kafka:9092', 'format' = 'json');

create temporary table training_example (
	request_id string, `user` bigint, item bigint, `position` int, score double, category string, label int, ts timestamp(3)
) with ('connector' = 'kafka', 'topic' = 'training.example', 'properties.bootstrap.servers' = 'kafka:9092', 'format' = 'json');

create temporary table popular (
	category string, place bigint, item bigint, points bigint,
	primary key (category, place) not enforced
) with ('connector' = 'upsert-kafka', 'topic' = 'reco.popular', 'properties.bootstrap.servers' = 'kafka:9092', 'key.format' = 'json', 'value.format' = 'json');

create temporary table together (
	item_a bigint, item_b bigint, slots bigint, strength bigint, primary key (item_a, item_b) not enforced
) with ('connector' = 'upsert-kafka', 'topic' = 'reco.together', 'properties.bootstrap.servers' = 'kafka:9092', 'key.format' = 'json', 'value.format' = 'json');

-- ------------------------------------------------------------------ cleaning

create temporary view positive as
select i.*, case `action` when 'share' then 5 when 'save' then 4 when 'like' then 3 else 1 end as weight
from interaction i
where `action` in ('like', 'save', 'share') or (`action` = 'view' and dwell_ms > 3000);

create temporary view interaction_with_item as
select p.`user`, p.item, p.`action`, p.weight, p.ts, p.surface, t.category, t.author,
	timestampdiff(hour, t.created, p.ts) as item_age_h
from positive p
left join item for system_time as of p.ts as t on p.item = t.item;

-- ------------------------------------------------------------ 1 user features

-- the last 50 interactions, whatever they were
create temporary view user_recent as
select
	`user`,
	ts,
	count(*) over last50 as n50,
	avg(cast(dwell_ms as double)) over last50 as dwell50,
	sum(case when `action` = 'hide' then 1 else 0 end) over last50 as hides50,
	count(*) over last_day as n_day
from interaction
window last50 as (partition by `user` order by ts rows between 49 preceding and current row),
	last_day as (partition by `user` order by ts range between interval '1' day preceding and current row);

create temporary view user_features as
select concat('u:', cast(`user` as string)) as entity, 'hide_rate_50' as feature, hides50 / cast(n50 as double) as `value`, ts as at_time from user_recent
union all
select concat('u:', cast(`user` as string)), 'dwell_50', dwell50, ts from user_recent
union all
select concat('u:', cast(`user` as string)), 'n_day', cast(n_day as double), ts from user_recent;

-- ------------------------------------------------------------ 2 item features

create temporary view item_hour as
select
	window_start, window_end, window_time, item,
	count(*) as positives,
	count(distinct `user`) as people,
	sum(weight) as points,
	max(author) as author
from table(cumulate(table interaction_with_item, descriptor(ts), interval '5' minute, interval '1' hour))
group by window_start, window_end, window_time, item;

create temporary view shown as
select i.request_id, i.`user`, s.item, s.`position`, s.score, i.ts
from impression i cross join unnest(i.slots) as s (item, `position`, score);

create temporary view shown_hour as
select window_start, window_end, window_time, item, count(*) as impressions
from table(cumulate(table shown, descriptor(ts), interval '5' minute, interval '1' hour))
group by window_start, window_end, window_time, item;

-- both windows have the same ends: a window join
create temporary view item_rate as
select
	s.window_end, s.window_time, s.item,
	coalesce(h.positives, 0) / cast(s.impressions as double) as rate,
	(coalesce(h.positives, 0) + 2.0) / (s.impressions + 50.0) as smooth_rate
from shown_hour s
left join item_hour h
	on s.window_start = h.window_start and s.window_end = h.window_end and s.item = h.item;

create temporary view item_features as
select 'i:' || cast(item as string) as entity, 'rate_1h' as feature, rate as `value`, cast(window_time as timestamp(3)) as at_time from item_rate
union all
select 'i:' || cast(item as string), 'smooth_rate_1h', cast(smooth_rate as double), cast(window_time as timestamp(3)) from item_rate;

-- --------------------------------------------------------- 3 user x category

create temporary view taste as
select `user`, category, sum(weight) as points, max(ts) as last_ts
from interaction_with_item
where category is not null
group by `user`, category;

create temporary view taste_share as
select
	'u:' || cast(t.`user` as string) as entity,
	'taste:' || t.category as feature,
	cast(t.points as double) / a.points as `value`,
	t.last_ts as at_time
from taste t
join (select `user`, sum(points) as points from taste group by `user`) as a
	on a.`user` = t.`user`;

-- ---------------------------------------------------------------- 4 together

create temporary view user_slot as
select window_start, window_end, `user`, item, count(*) as times
from table(tumble(table positive, descriptor(ts), interval '20' minute))
group by window_start, window_end, `user`, item;

create temporary view pair as
select l.item as item_a, r.item as item_b, least(l.times, r.times) as strength
from user_slot l
join user_slot r
	on l.window_start = r.window_start and l.window_end = r.window_end and l.`user` = r.`user`
where l.item < r.item;

execute statement set begin

insert into feature_online
select entity, feature, last_value(`value`), max(at_time)
from (select * from user_features union all select * from item_features)
group by entity, feature;

-- the taste goes by itself, it is a changelog
insert into feature_online
select entity, feature, `value`, at_time from taste_share where `value` > 0.05
on conflict do deduplicate;

insert into feature_log
select entity, feature, `value`, at_time from user_features
union all
select entity, feature, `value`, at_time from item_features;

insert into popular
select category, place, item, points from (
	select category, item, points, row_number() over (partition by category order by points desc) as place
	from (
		select category, item, sum(weight) as points
		from interaction_with_item
		where item_age_h <= 72
		group by category, item
	)
) where place <= 100;

insert into together
select item_a, item_b, count(*), sum(strength) from pair group by item_a, item_b having count(*) >= 5;

-- label = 1 when something good happened within half an hour
insert into training_example
select s.request_id, s.`user`, s.item, s.`position`, s.score, p.category, case when p.item is null then 0 else 1 end, s.ts
from shown s
left join interaction_with_item p
	on p.`user` = s.`user` and p.item = s.item
	and p.ts between s.ts and s.ts + interval '30' minute;

end;
