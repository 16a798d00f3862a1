-- Devices in rooms in buildings, self joins and shared views. The style of the wiki of a big company: tabs, lower case, old comma joins.
create table device (id string, parent string, kind string, label string, primary key (id) not enforced) with ('connector'='upsert-kafka','topic'='device','properties.bootstrap.servers'='k:9092','key.format'='json','value.format'='json');
create table measurement (device_id string, metric string, val double, ts timestamp_ltz(3), watermark for ts as ts - interval '5' second) with ('connector'='kafka','topic'='measurement','properties.bootstrap.servers'='k:9092','format'='json','scan.startup.mode'='latest-offset');
create table room_climate (building string, room string, w timestamp_ltz(3), temperature double, humidity double, n bigint) with ('connector'='print');
create table orphan (id string, label string, primary key (id) not enforced) with ('connector'='upsert-kafka','topic'='orphan','properties.bootstrap.servers'='k:9092','key.format'='json','value.format'='json');
create table siblings (a string, b string, primary key (a, b) not enforced) with ('connector'='upsert-kafka','topic'='siblings','properties.bootstrap.servers'='k:9092','key.format'='json','value.format'='json');

create view sensor_place as
	select	s.id, r.label as room, b.label as building
	from	device s, device r, device b
	where	s.parent = r.id and r.parent = b.id
	and	s.kind = 'sensor' and r.kind = 'room' and b.kind = 'building';

insert into room_climate
	select	p.building, p.room, m.window_start,
		avg(m.val) filter (where m.metric = 't'), avg(m.val) filter (where m.metric = 'h'), count(*)
	from	(select device_id, metric, val, window_start, window_end from table(tumble(table measurement, descriptor(ts), interval '5' minute)) where metric in ('t', 'h')) m
	join	sensor_place p on p.id = m.device_id
	group by p.building, p.room, m.window_start;

insert into orphan
	select d.id, d.label from device d left join device p on p.id = d.parent
	where p.id is null and d.kind <> 'building'
	on conflict do deduplicate;

insert into siblings
	select x.id, y.id from device x join device y on x.parent = y.parent and x.id < y.id
	on conflict do deduplicate;
