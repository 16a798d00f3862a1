-- quick + dirty, clean up later!!
set 'table.exec.source.idle-timeout'='10s';
create table rides(id bigint,driver bigint,passengers int,	is_start boolean,lon double,lat double,ts timestamp(3),watermark for ts as ts-interval '1' minute) with('connector'='datagen','fields.driver.min'='1','fields.driver.max'='50');
create table fares(ride_id bigint,payment string,fare double,tip double,ts timestamp(3),watermark for ts as ts-interval '1' minute) with('connector'='datagen');
create table o1(cell bigint,wend timestamp(3),cnt bigint)with('connector'='print');create table o2(driver bigint,day_ string,tips double)with('connector'='print');
create table o3(id bigint,minutes bigint)with('connector'='print'); create table o4(payment string,avg_tip double,n bigint) with('connector'='print');
-- nyc only
create view nyc as select * from rides where lon between -74.05 and -73.7 and lat>=40.5 and lat<=41.0;
-- grid cells 100m or so
create view cells as select id,driver,cast(floor((lon+74.05)*1000) as bigint)*1000+cast(floor((lat-40.5)*1000) as bigint) cell,is_start,ts from nyc;
insert into o1 select cell,window_end,count(*) cnt from table(hop(table cells,descriptor(ts),interval '5' minutes,interval '15' minutes)) where is_start group by cell,window_start,window_end having count(*)>=5;
insert into o2 select r.driver,date_format(r.ts,'yyyyMMdd') d,sum(f.tip) from nyc r,fares f where r.id=f.ride_id and r.is_start and f.ts between r.ts - interval '1' hour and r.ts + interval '12' hour group by r.driver,date_format(r.ts,'yyyyMMdd');
insert into o3 select s.id,timestampdiff(minute,s.ts,e.ts) from (select id,ts from nyc where is_start) s join (select id,ts from nyc where not is_start) e on s.id=e.id and e.ts>s.ts and e.ts<s.ts+interval '3' hour where timestampdiff(minute,s.ts,e.ts)>120;
insert into o4 select payment,avg(tip/nullif(fare,0)),count(*) from fares where fare>0 group by payment
