-- Which bid won which auction, what a category is worth, and what sellers got for their items so far.
create table person (id bigint, name string, email string, city string, state string, created timestamp(3), watermark for created as created - interval '4' second) with ('connector' = 'datagen');
create table auction (id bigint, item string, initial_bid bigint, reserve bigint, created timestamp(3), expires timestamp(3), seller bigint, category bigint, watermark for created as created - interval '4' second) with ('connector' = 'datagen');
create table bid (auction bigint, bidder bigint, price bigint, channel string, url string, created timestamp(3), watermark for created as created - interval '4' second) with ('connector' = 'datagen');

create table local_items (name string, city string, state string, id bigint) with ('connector' = 'print');
create table category_price (id bigint, price bigint) with ('connector' = 'print');
create table seller_price (seller bigint, price bigint) with ('connector' = 'print');
create table winners (id bigint, item string, seller bigint, category bigint, price bigint, bidder bigint, bid_at timestamp(3)) with ('connector' = 'print');

execute statement set begin

insert into local_items
select p.name, p.city, p.state, a.id
from auction as a inner join person as p on a.seller = p.id
where a.category = 10 and (p.state = 'or' or p.state = 'id' or p.state = 'ca');

insert into category_price
select q.category, avg(q.final)
from (
    select max(b.price) as final, a.category
    from auction a, bid b
    where a.id = b.auction and b.created between a.created and a.expires
    group by a.id, a.category
) q
group by q.category;

insert into seller_price
select seller, avg(final) over (partition by seller order by created rows between unbounded preceding and current row)
from (
    select row_number() over (partition by a.id, a.seller order by b.price desc) as place, a.seller, b.price as final, b.created
    from auction a, bid b
    where a.id = b.auction and b.created between a.created and a.expires
)
where place <= 1;

insert into winners
select id, item, seller, category, price, bidder, bid_at
from (
    select a.id, a.item, a.seller, a.category, b.price, b.bidder, b.created as bid_at,
        row_number() over (partition by a.id order by b.price desc, b.created asc) as place
    from auction a, bid b
    where a.id = b.auction and b.created between a.created and a.expires
)
where place <= 1;

end;
