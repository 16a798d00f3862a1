-- Charts of a music service: plays of at least thirty seconds, by genre and quarter of an hour.
create temporary table plays (
    listener string,
    track_id int,
    seconds_played int,
    played_at timestamp(3),
    watermark for played_at as played_at - interval '5' second
) with (
    'connector' = 'filesystem',
    'path' = '${data}/plays.json',
    'format' = 'json'
);

create temporary table tracks (track_id int, title string, artist string, genres string)
with ('connector' = 'filesystem', 'path' = '${data}/tracks.csv', 'format' = 'csv');

create temporary table charts (window_end timestamp(3), genre string, place bigint, title string, plays bigint) with ('connector' = 'print');
create temporary table fans (listener string, artist string, plays bigint, total_seconds int) with ('connector' = 'print');

-- One row for each genre of a track.
create temporary view genre_of_track (track_id, title, artist, genre) as
select t.track_id, t.title, t.artist, trim(g.genre)
from tracks as t
cross join unnest(split(t.genres, ';')) as g (genre);

create temporary view counted_plays as
select listener, track_id, seconds_played, played_at from plays where seconds_played >= 30;

insert into charts
with plays_by_window as (
    select window_start, window_end, track_id, count(distinct listener) as plays
    from table(tumble(table counted_plays, descriptor(played_at), interval '15' minute))
    group by window_start, window_end, track_id
), with_genre as (
    select p.window_start, p.window_end, g.genre, g.title, p.plays
    from plays_by_window p join genre_of_track g on p.track_id = g.track_id
), ranked as (
    select window_end, genre, title, plays,
           row_number() over (partition by window_end, genre order by plays desc, title asc) as place
    from with_genre
)
select window_end, genre, place, title, plays from ranked where place <= 2;

insert into fans
select p.listener, t.artist, count(*), sum(p.seconds_played)
from counted_plays p
join tracks t on p.track_id = t.track_id
group by p.listener, t.artist
having count(*) >= 2;
