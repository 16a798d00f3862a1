-- The funnel of a web site, each step a view on the step before. Grown over the years.
create table raw_events (line string) with ('connector' = 'filesystem', 'path' = '${data}/events.txt', 'format' = 'raw');

create view parsed as
select json_value(line, '$.u') as u, json_value(line, '$.e') as e, json_value(line, '$.t' returning integer) as t, json_query(line, '$.p') as p from raw_events;

create view known_events as select * from parsed where e in ('visit', 'signup', 'confirm', 'buy');
create view known_users as select u, e, t, p from known_events where u is not null and u <> '';

-- only the first time of each step counts
create view first_times as select u, e, min(t) as t from known_users group by u, e;

create view visits as select u, t as visited from first_times where e = 'visit';
create view signups as select u, t as signed_up from first_times where e = 'signup';
create view confirms as select u, t as confirmed from first_times where e = 'confirm';
create view buys as select u, t as bought from first_times where e = 'buy';

create view step_1 as select v.u, v.visited, s.signed_up from visits v left join signups s on s.u = v.u and s.signed_up >= v.visited;
create view step_2 as select s.*, c.confirmed from step_1 s left join confirms c on c.u = s.u and c.confirmed >= s.signed_up;
create view step_3 as select s.*, b.bought from step_2 s left join buys b on b.u = s.u and b.bought >= s.confirmed;

create view funnel as
select count(*) as visited, count(signed_up) as signed_up, count(confirmed) as confirmed, count(bought) as bought from step_3;

create table funnel_steps (step_no int, step string, people bigint, share double) with ('connector' = 'print');
create table slow_ones (u string, waited int) with ('connector' = 'print');

insert into funnel_steps
select 1, 'visited', visited, 1e0 from funnel
union all select 2, 'signed up', signed_up, cast(signed_up as double) / visited from funnel
union all select 3, 'confirmed', confirmed, cast(confirmed as double) / visited from funnel
union all select 4, 'bought', bought, cast(bought as double) / visited from funnel;

insert into slow_ones
select u, bought - visited from step_3 where bought - visited > (select avg(bought - visited) from step_3);
