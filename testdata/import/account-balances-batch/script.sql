-- End-of-month statements of a bank, made in one batch run.
SET 'execution.runtime-mode' = 'batch';

create table bookings (
    booking_id int, account string, kind string, amount decimal(12,2), booked_on date, note string
) with ('connector' = 'filesystem', 'path' = '${data}/bookings.csv', 'format' = 'csv', 'csv.ignore-parse-errors' = 'true');

create table accounts (account string, holder string, opened_on date, credit_line decimal(12,2))
with ('connector' = 'filesystem', 'path' = '${data}/accounts.csv', 'format' = 'csv');

create table statements (holder string, account string, line bigint, booked_on date, amount decimal(12,2), balance decimal(38,2)) with ('connector' = 'print');
create table overdrawn (holder string, account string, balance decimal(38,2), credit_line decimal(12,2)) with ('connector' = 'print');
create table month_ends (account string, `month` string, turnover decimal(38,2), largest decimal(12,2)) with ('connector' = 'print');

/* debits are negative from here on */
create view signed as
select booking_id, account, booked_on
     , case kind when 'D' then -amount when 'C' then amount else cast(0 as decimal(12,2)) end as amount
from bookings;

create view running_totals as
select account, booking_id, booked_on, amount
     , sum(amount) over (partition by account order by booked_on, booking_id rows between unbounded preceding and current row) as balance
     , row_number() over (partition by account order by booked_on, booking_id) as line
from signed;

execute statement set
begin
  insert into statements
  select a.holder, r.account, r.line, r.booked_on, r.amount, r.balance
  from running_totals r join accounts a on r.account = a.account;

  insert into overdrawn
  with last_line as (select account, max(line) as line from running_totals group by account)
  select a.holder, r.account, r.balance, a.credit_line
  from running_totals r
  join last_line l on l.account = r.account and l.line = r.line
  join accounts a on a.account = r.account
  where r.balance < 0 and -r.balance > a.credit_line;

  insert into month_ends
  select account, date_format(cast(booked_on as timestamp(0)), 'yyyy-MM'), sum(amount), max(amount)
  from signed
  group by account, date_format(cast(booked_on as timestamp(0)), 'yyyy-MM');
end;
