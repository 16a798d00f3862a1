-- Calls of a hotline, in hopping and session group windows by event time and processing time.
create table calls (
  caller string, agent string, queue string, waited int, talked int,
  rang_at timestamp(3), seen as proctime(),
  watermark for rang_at as rang_at - interval '1' minute
) with ('connector' = 'kafka', 'topic' = 'calls', 'properties.bootstrap.servers' = 'k:9092', 'scan.startup.mode' = 'latest-offset', 'format' = 'csv', 'csv.field-delimiter' = '|');

create table queue_load (queue string, window_from timestamp(3), window_to timestamp(3), calls bigint, mean_wait int, longest int) with ('connector' = 'print');
create table caller_visits (caller string, began timestamp(3), ended timestamp(3), calls bigint, agents bigint) with ('connector' = 'print');
create table pulse (queue string, minute_end timestamp_ltz(3), calls bigint) with ('connector' = 'print');
create table impatient (caller string, visits bigint) with ('connector' = 'print');

insert into queue_load
select queue, hop_start(rang_at, interval '5' minute, interval '1' hour), hop_end(rang_at, interval '5' minute, interval '1' hour), count(*), avg(waited), max(waited)
from calls
group by queue, hop(rang_at, interval '5' minute, interval '1' hour)
having count(*) > 5;

create view visits as
select caller, session_start(rang_at, interval '30' minute) as began, session_end(rang_at, interval '30' minute) as ended, count(*) as calls, count(distinct agent) as agents
from calls
group by caller, session(rang_at, interval '30' minute);

insert into caller_visits select * from visits;

insert into pulse
select queue, tumble_end(seen, interval '1' minute), count(1)
from calls
group by tumble(seen, interval '1' minute), queue;

insert into impatient
select caller, count(*) from visits where calls >= 3 group by caller having count(*) > 1;
