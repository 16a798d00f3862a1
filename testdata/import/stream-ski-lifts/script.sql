-- Ski lifts. Every pass of a turnstile is a line: pass, lift, kind of ticket, time.

create temporary table turnstile
( pass string
, lift string
, ticket string
, ts timestamp(3)
, watermark for ts as ts - interval '30' second
)
with
( 'connector' = 'filesystem'
, 'path' = '${data}/turnstile.csv'
, 'format' = 'csv'
);

create temporary table lift_meta (lift string, per_hour int, metres int)
with ('connector' = 'filesystem', 'path' = '${data}/lift_meta.csv', 'format' = 'csv');

create temporary table busiest (window_start timestamp(3), place bigint, lift string, rides bigint) with ('connector' = 'print');
create temporary table pause (pass string, skied_from timestamp(3), skied_to timestamp(3), rides bigint, metres int) with ('connector' = 'print');
create temporary table too_soon (pass string, lift string, ts timestamp(3), seconds_since bigint) with ('connector' = 'print');
create temporary table ticket_use (`level` bigint, ticket string, lift string, rides bigint, passes bigint) with ('connector' = 'print');
create temporary table height_list (place bigint, pass string, metres int) with ('connector' = 'print');

create temporary view ride as
select t.pass, t.lift, t.ticket, t.ts
from turnstile t
where t.pass is not null and t.pass <> '';

create temporary view lift_half_hour as
select window_start, window_end, lift, count(*) as rides
from table(tumble(table ride, descriptor(ts), interval '30' minute))
group by window_start, window_end, lift;

-- two busiest lifts of each half hour; equal numbers go by the name
insert into busiest
select window_start, place, lift, rides
from (
  select *, row_number() over (partition by window_start, window_end order by rides desc, lift) as place
  from lift_half_hour
)
where place <= 2;

-- a pause is half an hour without a lift
insert into pause
select s.pass, s.window_start, s.window_end, s.rides, s.chairs * 640 + s.gondolas * 980 + s.bars * 210
from (
  select pass, window_start, window_end, count(*) as rides
  , cast(count(*) filter (where lift = 'chair') as int) as chairs
  , cast(count(*) filter (where lift = 'gondola') as int) as gondolas
  , cast(count(*) filter (where lift = 't-bar') as int) as bars
  from table(session(table ride partition by pass, descriptor(ts), interval '30' minute))
  group by pass, window_start, window_end
) s;

-- the same pass again after less than five minutes, whoever carries it
insert into too_soon
select pass, lift, ts, timestampdiff(second, ts_before, ts)
from (
  select pass, lift, ts, lag(ts) over (partition by pass order by ts) as ts_before
  from ride
)
where ts_before is not null and ts < ts_before + interval '5' minute;

insert into ticket_use
select grouping_id(ticket, lift), ticket, lift, count(*), count(distinct pass)
from ride
group by cube (ticket, lift);

insert into height_list
select place, pass, metres from (
  select pass, metres, row_number() over (order by metres desc, pass) as place
  from (
    select r.pass, sum(m.metres) as metres
    from ride r join lift_meta m on m.lift = r.lift
    group by r.pass
  )
)
where place <= 5;
