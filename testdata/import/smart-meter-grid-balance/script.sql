/*
 * grid-balance.sql
 *
 * Fifteen-minute balance of the low-voltage grid from the smart meters.
 * Reads the meter values (OBIS codes), master data of meters and
 * substations, feed-in of the solar plants and day-ahead prices.
 *
 * Conventions in this file
 *   raw_*   as delivered
 *   v_*     views
 *   out_*   sinks
 *
 * Do NOT change the quarter of an hour: the regulator wants exactly that.
 */

set 'execution.runtime-mode' = 'streaming';
set 'table.exec.mini-batch.enabled' = 'true';
set 'table.exec.mini-batch.allow-latency' = '2 s';
set 'table.exec.mini-batch.size' = '5000';
set 'table.optimizer.distinct-agg.split.enabled' = 'false';
set 'table.exec.sink.upsert-materialize' = 'NONE';
set 'table.exec.state.ttl' = '3 d';

/* ---------- raw ---------- */

create table raw_meter_value (
  meter_id string
, obis string                       -- 1.8.0 import, 2.8.0 export, 32.7.0 voltage L1 ...
, `value` decimal(18, 3)
, unit string
, quality map<string, string>       -- e.g. {'estimated':'true','source':'plc'}
, measured timestamp(3)
, received timestamp_ltz(3) metadata from 'timestamp' virtual
, watermark for measured as measured - interval '10' minute
) with (
  'connector' = 'kafka'
, 'topic' = 'ami.meter-values'
, 'properties.bootstrap.servers' = 'broker.grid.local:9092'
, 'properties.group.id' = 'grid-balance'
, 'scan.startup.mode' = 'latest-offset'
, 'format' = 'json'
, 'json.timestamp-format.standard' = 'ISO-8601'
);

create table raw_meter (
  meter_id string
, substation_id string
, feeder int
, tariff_group string
, phases array<string>
, installed date
, removed date
, primary key (meter_id) not enforced
) with (
  'connector' = 'upsert-kafka'
, 'topic' = 'mdm.meter'
, 'properties.bootstrap.servers' = 'broker.grid.local:9092'
, 'key.format' = 'json'
, 'value.format' = 'json'
);

create table raw_substation (
  substation_id string
, name string
, district string
, rated_kva int
, nominal_volt double
, primary key (substation_id) not enforced
) with (
  'connector' = 'jdbc'
, 'url' = 'jdbc:postgresql://gis.grid.local:5432/assets'
, 'table-name' = 'substation'
);

create table raw_solar (
  plant_id string
, substation_id string
, kw double
, ts timestamp(3)
, watermark for ts as ts - interval '5' minute
) with (
  'connector' = 'kafka'
, 'topic' = 'scada.solar'
, 'properties.bootstrap.servers' = 'broker.grid.local:9092'
, 'properties.group.id' = 'grid-balance'
, 'scan.startup.mode' = 'latest-offset'
, 'format' = 'csv'
, 'csv.field-delimiter' = ';'
);

create table raw_price (
  price_area string
, eur_mwh decimal(9, 2)
, valid_from timestamp(3)
, primary key (price_area) not enforced
, watermark for valid_from as valid_from
) with (
  'connector' = 'upsert-kafka'
, 'topic' = 'market.day-ahead'
, 'properties.bootstrap.servers' = 'broker.grid.local:9092'
, 'key.format' = 'json'
, 'value.format' = 'json'
);

/* ---------- views ---------- */

-- energy registers only, kWh, without what the head-end guessed
create view v_energy as
select
  meter_id
, measured
, case obis when '1.8.0' then 'in' when '2.8.0' then 'out' end as direction
, case when unit = 'Wh' then `value` / 1000 else `value` end as kwh_total
from raw_meter_value
where obis in ('1.8.0', '2.8.0')
  and coalesce(quality['estimated'], 'false') <> 'true';

-- registers count up; the difference to the reading before is the energy
create view v_delta as
select
  meter_id
, direction
, measured
, kwh_total
, kwh_total - lag(kwh_total) over (partition by meter_id, direction order by measured) as kwh
from v_energy;

-- a new meter starts at 0, and a broken one jumps: both are left out
create view v_delta_sane as
select * from v_delta where kwh is not null and kwh between 0 and 50;

create view v_quarter as
select
  window_start
, window_end
, window_time
, meter_id
, sum(kwh) filter (where direction = 'in') as kwh_in
, sum(kwh) filter (where direction = 'out') as kwh_out
, count(*) as readings
from table(tumble(table v_delta_sane, descriptor(measured), interval '15' minutes))
group by window_start, window_end, window_time, meter_id;

-- where is the meter? (regular join, the list of meters is small)
create view v_quarter_place as
select
  q.window_start
, q.meter_id
, m.substation_id
, m.feeder
, m.tariff_group
, coalesce(q.kwh_in, 0) as kwh_in
, coalesce(q.kwh_out, 0) as kwh_out
, q.readings
from v_quarter q
join raw_meter m on m.meter_id = q.meter_id
where m.removed is null;

create view v_substation_quarter as
select
  substation_id
, window_start
, count(distinct meter_id) as meters
, sum(kwh_in) as kwh_in
, sum(kwh_out) as kwh_out
, sum(kwh_in) - sum(kwh_out) as net_kwh
, sum(kwh_in - kwh_out) / count(*) as net_kwh_per_meter
from v_quarter_place
group by substation_id, window_start
having count(*) > 3;

-- solar: mean power over the quarter, times a quarter of an hour
create view v_solar_quarter as
select substation_id, window_start, window_end, avg(kw) * 0.25 as solar_kwh, count(distinct plant_id) as plants
from table(tumble(DATA => table raw_solar, TIMECOL => descriptor(ts), SIZE => interval '15' minutes))
where kw >= 0
group by substation_id, window_start, window_end;

create view v_balance as
select
  coalesce(s.substation_id, p.substation_id) as substation_id
, coalesce(s.window_start, p.window_start) as quarter
, s.meters
, s.kwh_in
, s.kwh_out
, p.solar_kwh
, p.plants
, case when s.net_kwh is null or p.solar_kwh is null then null else s.net_kwh - p.solar_kwh end as unexplained_kwh
from v_substation_quarter s
full outer join v_solar_quarter p
  on p.substation_id = s.substation_id and p.window_start = s.window_start;

-- voltage: three phases come as three codes
create view v_voltage as
select
  meter_id
, measured
, cast(substring(obis from 1 for 1) as int) as phase_digit
, cast(`value` as double) as volt
, proctime() as pt
from raw_meter_value
where obis similar to '(3|5|7)2\.7\.0';

create view v_voltage_out_of_band as
select v.meter_id, m.substation_id, v.measured, v.phase_digit, v.volt, v.pt
from v_voltage as v
join raw_meter as m using (meter_id)
where v.volt < 207 or v.volt > 253;

-- what does one kWh cost right now, by tariff group
create view v_priced as
select
  e.meter_id
, e.measured
, e.kwh
, pr.eur_mwh
, cast(e.kwh * pr.eur_mwh / 1000 as decimal(18, 4)) as eur
from (
  select *, case when meter_id like 'LU%' then 'LU' else 'DE' end as price_area from v_delta_sane where direction = 'in'
) e
left join raw_price for system_time as of e.measured as pr
  on pr.price_area = e.price_area;

/* ---------- outputs ---------- */

create table out_balance (
  substation_id string
, quarter timestamp(3)
, meters bigint
, kwh_in decimal(38, 3)
, kwh_out decimal(38, 3)
, solar_kwh double
, plants bigint
, unexplained_kwh double
, primary key (substation_id, quarter) not enforced
) with (
  'connector' = 'upsert-kafka'
, 'topic' = 'grid.balance'
, 'properties.bootstrap.servers' = 'broker.grid.local:9092'
, 'key.format' = 'json'
, 'value.format' = 'json'
);

create table out_voltage_alarm (
  district string
, substation string
, meter_id string
, phase string
, volt double
, deviation_percent double
, measured timestamp(3)
) with ('connector' = 'print');

create table out_cost_hour (
  window_start timestamp(3)
, window_end timestamp(3)
, meters bigint
, kwh decimal(38, 3)
, eur decimal(38, 4)
, mean_eur_kwh decimal(38, 6)
) with ('connector' = 'blackhole');

create table out_silent_meter (
  meter_id string
, substation_id string
, installed date
) with ('connector' = 'blackhole');

-- for the archive: the columns of the balance, another end of the line
create table out_balance_archive (
  written_at timestamp_ltz(3)
) with ('connector' = 'blackhole') like out_balance (excluding constraints excluding options);

execute statement set begin

insert into out_balance
select substation_id, quarter, meters, kwh_in, kwh_out, solar_kwh, plants, unexplained_kwh
from v_balance
where substation_id is not null;

insert into out_balance_archive
select substation_id, quarter, meters, kwh_in, kwh_out, solar_kwh, plants, unexplained_kwh, current_timestamp
from v_balance
where unexplained_kwh > 5;

insert into out_voltage_alarm
select
  st.district
, st.name
, a.meter_id
, case a.phase_digit when 3 then 'L1' when 5 then 'L2' when 7 then 'L3' else '?' end
, a.volt
, round((a.volt - st.nominal_volt) / st.nominal_volt * 100, 1)
, a.measured
from v_voltage_out_of_band a
left join raw_substation for system_time as of a.pt st
  on st.substation_id = a.substation_id;

insert into out_cost_hour
select
  window_start
, window_end
, count(distinct meter_id)
, sum(kwh)
, sum(eur)
, sum(eur) / nullif(sum(kwh), 0)
from table(tumble(table v_priced, descriptor(measured), interval '1' hour))
group by window_start, window_end;

-- meters on the list that never said anything
insert into out_silent_meter
select m.meter_id, m.substation_id, m.installed
from raw_meter m
where m.removed is null
  and not exists (select 1 from raw_meter_value r where r.meter_id = m.meter_id);

end;
