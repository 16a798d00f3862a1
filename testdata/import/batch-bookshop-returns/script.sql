-- what comes back to the bookshop, and from whom (evening job)
set 'execution.runtime-mode' = 'batch';

create table reader (reader_id int, name string, town string, since date) with ('connector'='filesystem','path'='${data}/reader.csv','format'='csv','csv.null-literal'='');
create table author (author_id int, name string, born int) with ('connector'='filesystem','path'='${data}/author.csv','format'='csv');
create table book (book_id int, title string, genre string, author_id int, price decimal(6,2)) with ('connector'='filesystem','path'='${data}/book.csv','format'='csv');
create table purchase (purchase_id int, reader_id int, book_id int, bought date, copies int, channel string) with ('connector'='filesystem','path'='${data}/purchase.csv','format'='csv');
create table `return` (return_id int, purchase_id int, returned date, reason string) with ('connector'='filesystem','path'='${data}/return.csv','format'='csv');
create table review (reader_id int, book_id int, stars int) with ('connector'='filesystem','path'='${data}/review.csv','format'='csv');

-- every purchase, with the return if there was one
create temporary view kept_or_not as
select p.*, r.returned, r.reason, r.return_id is not null as came_back
from purchase p left join `return` r on p.purchase_id = r.purchase_id;

create temporary view readers_of_poetry as
select distinct reader_id from purchase join book using (book_id) where genre = 'poetry';

-- 1: rate of returns by channel and genre
select k.channel, b.genre, count(*) as purchases, count(k.returned) as returned_ones,
  cast(100.0 * count(k.returned) / count(*) as decimal(5,1)) as percent_back
from kept_or_not as k inner join book as b on b.book_id = k.book_id
group by k.channel, b.genre
order by percent_back desc, channel, genre;

-- 2: readers who bought and never returned anything
select r.reader_id, r.name, coalesce(r.town, 'unknown') as town
from reader r
where r.reader_id in (select reader_id from purchase)
  and not exists (
    select 1 from purchase p, `return` x
    where p.purchase_id = x.purchase_id and p.reader_id = r.reader_id)
order by r.reader_id;

-- 3: books that are dearer than the mean of their genre
select b.title, b.genre, b.price
from book b
where b.price > (select avg(i.price) from book i where i.genre = b.genre)
order by b.genre, b.price desc, b.title;

-- 4: readers who reviewed what they had not bought
select distinct v.reader_id, v.book_id
from review v
where (v.reader_id, v.book_id) not in (select p.reader_id, p.book_id from purchase p);

-- 5: the best author: most kept copies, of those with three stars and more
with kept as (
  select book_id, sum(copies) as copies from kept_or_not where not came_back group by book_id
),
liked as (
  select book_id, avg(cast(stars as decimal(4,2))) as stars, count(*) as reviews
  from review
  group by book_id
  having count(*) >= 2 and avg(cast(stars as decimal(4,2))) >= 3
)
select a.name, sum(k.copies) as copies, max(l.stars) as best_stars
from kept k
join liked l on k.book_id = l.book_id
join book b on b.book_id = k.book_id
join author a on a.author_id = b.author_id
group by a.name
order by copies desc, a.name
limit 3;

-- 6: poetry people against the others
select case when q.reader_id is null then 'other' else 'poetry' end as kind,
  count(distinct k.reader_id) as readers,
  sum(case when k.came_back then 1 else 0 end) as returned_ones,
  sum(case k.reason when 'damaged' then 1 else 0 end) as damaged,
  sum(case k.reason when 'wrong book' then 1 else 0 end) as wrong,
  sum(k.copies * b.price) as money
from kept_or_not k
left join readers_of_poetry q on q.reader_id = k.reader_id
join book b on b.book_id = k.book_id
group by case when q.reader_id is null then 'other' else 'poetry' end;

-- 7: who never bought
select name from reader where reader_id not in (select reader_id from purchase where reader_id is not null)
union all
select name from author where author_id not in (select author_id from book where author_id is not null);
