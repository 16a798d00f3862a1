CREATE TEMPORARY TABLE more (
  id BIGINT
) DISTRIBUTED into 8 buckets WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE others (
  id BIGINT,
  `a-b` INT
) DISTRIBUTED BY (id, `a-b`) WITH (
  'connector' = 'datagen'
);

CREATE TEMPORARY TABLE readings (
  id BIGINT NOT NULL COMMENT 'the meter''s number',
  state STRING COMMENT 'it''s ''raw''',
  `day` STRING,
  half AS MOD(id, 2)
) DISTRIBUTED BY HASH (id) INTO 4 BUCKETS PARTITIONED BY (`day`) WITH (
  'connector' = 'datagen'
);
