CREATE TEMPORARY TABLE files (
  c STRING,
  c10 STRING NOT NULL,
  v STRING,
  n STRING,
  nv STRING,
  cv STRING,
  nc STRING,
  tt STRING,
  tx STRING,
  mt STRING,
  lt STRING NOT NULL,
  tn STRING,
  lv STRING,
  b BYTES,
  b16 BYTES NOT NULL,
  vb BYTES,
  tb BYTES,
  bl BYTES,
  mb BYTES,
  lb BYTES,
  lvb BYTES,
  cb BYTES,
  vcb BYTES NOT NULL,
  txb BYTES,
  a STRING,
  w STRING,
  bin STRING
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'files',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

