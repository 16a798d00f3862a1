set 'execution.runtime-mode' = 'batch';
-- A plan for tomorrow's power stations: nothing but numbers in the script.
create view stations as select * from (values ('wind north', 'wind', 120.0), ('wind south', 'wind', 80.0), ('river', 'water', 60.5), ('gas 1', 'gas', 200.0), ('gas 2', 'gas', 150.0)) as s(name, kind, megawatt);
create view hours (h, demand) as values (0, 210.0), (6, 260.0), (12, 420.0), (18, 480.0), (21, 330.0);
create view wind_forecast as select h, f from (values (0, 0.9), (6, 0.4), (12, 0.1), (18, 0.65), (21, 1.0)) as w(h, f);
create view price as select kind, euros from (values ('wind', 0), ('water', 3), ('gas', 85)) as p(kind, euros);

-- what each station can give in each hour
create view offers as
select hours.h, s.name, p.euros, hours.demand
     , case when s.kind = 'wind' then s.megawatt * w.f else s.megawatt end as megawatt
from hours cross join stations s
inner join wind_forecast w on w.h = hours.h
inner join price p on p.kind = s.kind;

-- the cheapest first, until the demand is met
create view merit_order as
select h, name, euros, megawatt, demand
     , sum(megawatt) over (partition by h order by euros, name rows between unbounded preceding and current row) as so_far
from offers;

create table running_stations (h int, name string, megawatt decimal(20, 4)) with ('connector' = 'print');
create table marginal_price (h int, euros int, short_of decimal(20, 4)) with ('connector' = 'print');

insert into running_stations
select h, name, least(megawatt, demand - (so_far - megawatt)) from merit_order where so_far - megawatt < demand;

insert into marginal_price
select h, max(euros), case when max(so_far) < max(demand) then max(demand) - max(so_far) else 0 end
from merit_order where so_far - megawatt < demand
group by h;

select count(*) as offers, sum(megawatt) as megawatt from offers;
