-- An A/B test: conversion by variant, people who saw both variants left out.
create table exposures (user_id int, experiment string, variation string, seen_at timestamp(3))
with ('connector'='filesystem','path'='${data}/exposures.csv','format'='csv');
create table purchases (user_id int, amount decimal(8,2), bought_at timestamp(3))
with ('connector'='filesystem','path'='${data}/purchases.csv','format'='csv');
create table staff (user_id int) with ('connector'='filesystem','path'='${data}/staff.csv','format'='csv');
create table outcome (experiment string, variation string, people bigint, buyers bigint, conversion double, revenue decimal(38,2)) with ('connector'='print');
create table never_bought (user_id int, experiment string) with ('connector'='print');

insert into outcome
with customers as ( -- no colleagues
  select user_id, experiment, variation, seen_at from exposures e
  where e.user_id not in (select user_id from staff where user_id is not null)
), mixed as (
  select user_id, experiment from customers group by user_id, experiment having count(distinct variation) > 1
), assigned as (
  select c.user_id, c.experiment, c.variation, min(c.seen_at) as first_seen
  from customers c
  where not exists (select 1 from mixed m where m.user_id = c.user_id and m.experiment = c.experiment)
  group by c.user_id, c.experiment, c.variation
), spent as (
  select a.user_id, a.experiment, a.variation, sum(p.amount) as amount
  from assigned a left join purchases p on p.user_id = a.user_id and p.bought_at >= a.first_seen
  group by a.user_id, a.experiment, a.variation
)
select experiment, variation, count(*), count(amount), cast(count(amount) as double) / count(*), sum(amount)
from spent
group by experiment, variation;

insert into never_bought
select distinct user_id, experiment from exposures
where user_id not in (select user_id from purchases where amount > 0 and user_id is not null);
