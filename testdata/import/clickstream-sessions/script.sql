/*
 * Sessions of the web shop: who came, how long they stayed, and whether they bought something.
 */
create table page_views (
  user_id string
, url string
, referrer string
, device row<os string, browser string>
, viewed_at timestamp_ltz(3)
, watermark for viewed_at as viewed_at - interval '30' second
) with (
  'connector' = 'filesystem'
, 'path' = '${data}/page_views.json'
, 'format' = 'json'
, 'json.timestamp-format.standard' = 'ISO-8601'
);

create table sessions (
  user_id string
, session_start timestamp(3)
, session_end timestamp(3)
, `views` bigint
, pages bigint
, bought int
) with ('connector' = 'blackhole');

create table bounce_rate (
  os string
, day_start timestamp(3)
, sessions bigint
, bounces bigint
) with ('connector' = 'blackhole');

-- bots and health checks out
create view human_views as
select user_id, url, device.os as os, viewed_at
     , regexp_extract(url, '^/([^/?]+)', 1) as section
from page_views
where user_id is not null
  and coalesce(device.browser, '') not like '%bot%'
  and url <> '/health';

create view user_sessions as
select user_id
     , window_start, window_end
     , count(*) as view_count
     , count(distinct section) as pages
     , max(case when section = 'checkout' then 1 else 0 end) as bought
     , min(os) as os
     , window_time
from table(session(table human_views partition by user_id, descriptor(viewed_at), interval '10' minute))
group by user_id, window_start, window_end, window_time;

insert into sessions
select user_id, window_start, window_end, view_count, pages, bought from user_sessions;

insert into bounce_rate
with marked as (
  select os, window_time as closed_at, case view_count when 1 then 1 else 0 end as bounced
  from user_sessions
)
select os, window_start, count(*), sum(cast(bounced as bigint))
from table(tumble(table marked, descriptor(closed_at), interval '1' day))
group by os, window_start, window_end;
