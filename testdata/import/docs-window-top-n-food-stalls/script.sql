-- Window top-n: straight after a window function, and after a window aggregation.

create table food_order (
    stall string,
    dish string,
    amount decimal(6,2),
    waiter string,
    ordered timestamp(3),
    watermark for ordered as ordered - interval '2' second
) with ('connector' = 'datagen', 'fields.stall.length' = '2', 'fields.dish.length' = '2');

create table dearest (stall string, dish string, amount decimal(6,2), ordered timestamp(3), window_start timestamp(3), window_end timestamp(3), place bigint) with ('connector' = 'print');
create table best_stalls (window_start timestamp(3), window_end timestamp(3), stall string, income decimal(38,2), orders bigint, place bigint) with ('connector' = 'print');
create table best_dish_by_stall (window_start timestamp(3), window_end timestamp(3), stall string, dish string, orders bigint) with ('connector' = 'print');
create table worst_and_best (window_end timestamp(3), stall string, remark string) with ('connector' = 'blackhole');

create view stall_income as
select window_start, window_end, stall, sum(amount) as income, count(*) as orders
from table(tumble(table food_order, descriptor(ordered), interval '10' minutes))
group by window_start, window_end, stall;

-- the three dearest orders of a window, no aggregation before
insert into dearest
select stall, dish, amount, ordered, window_start, window_end, place
from (
    select *, row_number() over (partition by window_start, window_end order by amount desc) as place
    from table(tumble(table food_order, descriptor(ordered), interval '10' minutes))
) where place <= 3;

-- the three stalls with the most income
insert into best_stalls
select *
from (
    select *, row_number() over (partition by window_start, window_end order by income desc) as place
    from stall_income
) where place <= 3;

-- within each stall, two dishes; the place itself is not wanted
insert into best_dish_by_stall
select window_start, window_end, stall, dish, orders
from (
    select w.*, row_number() over (partition by w.window_start, w.window_end, w.stall order by w.orders desc, w.dish) as rn
    from (
        select window_start, window_end, stall, dish, count(*) as orders
        from table(cumulate(table food_order, descriptor(ordered), interval '10' minutes, interval '1' hour))
        group by window_start, window_end, stall, dish
    ) w
)
where rn between 1 and 2;

-- both ends of the list
insert into worst_and_best
select window_end, stall, 'best' from (
    select window_start, window_end, stall, row_number() over (partition by window_start, window_end order by orders desc) as n from stall_income
) where n = 1
union all
select window_end, stall, 'worst' from (
    select window_start, window_end, stall, row_number() over (partition by window_start, window_end order by orders asc) as n from stall_income
) where n = 1;
