-- ferry boarding: tickets sold, gates passed, departures
create table ticket (ticket_no int, ferry string, kind string, persons int, sold timestamp(3), watermark for sold as sold)
with ('connector' = 'filesystem', 'path' = '${data}/ticket.csv', 'format' = 'csv');

create table gate (ticket_no int, side string, passed timestamp(3), watermark for passed as passed)
with ('connector' = 'filesystem', 'path' = '${data}/gate.csv', 'format' = 'csv');

create table departure (ferry string, leaves timestamp(3), places int, watermark for leaves as leaves)
with ('connector' = 'filesystem', 'path' = '${data}/departure.csv', 'format' = 'csv');

create table boarded_out (ferry string, side string, window_end timestamp(3), persons int, cars bigint) with ('connector' = 'print');
create table missing_out (ticket_no int, ferry string, sold timestamp(3)) with ('connector' = 'print');
create table ferry_out (ferry string, leaves timestamp(3), places int, persons int, free_places int) with ('connector' = 'print');
create table wait_out (kind string, tickets bigint, longest bigint, mean_s bigint) with ('connector' = 'print');

-- ticket and gate belong together when not more than an hour lies between
create view boarding as
select t.ticket_no, t.ferry, t.kind, t.persons, t.sold, g.side, g.passed
from ticket t
inner join gate g on g.ticket_no = t.ticket_no and g.passed between t.sold and t.sold + interval '1' hour;

insert into boarded_out
select ferry, side, window_end, sum(persons), sum(case when kind = 'car' then 1 else 0 end)
from table(hop(table boarding, descriptor(passed), interval '10' minute, interval '30' minute))
group by ferry, side, window_start, window_end;

insert into missing_out
select t.ticket_no, t.ferry, t.sold
from ticket t
left join gate g on g.ticket_no = t.ticket_no and g.passed between t.sold and t.sold + interval '1' hour
where g.ticket_no is null;

-- who passed in the 40 minutes before a departure is on board
insert into ferry_out
select ferry, leaves, max(places), sum(persons), max(places) - sum(persons)
from (
	select d.ferry, d.leaves, d.places, b.persons
	from departure d, boarding b
	where d.ferry = b.ferry and b.passed >= d.leaves - interval '40' minute and b.passed < d.leaves
) as on_board
group by ferry, leaves;

insert into wait_out
select kind, count(*), max(s), sum(s) / count(*)
from (select kind, timestampdiff(second, sold, passed) as s from boarding)
group by kind;
