CREATE TEMPORARY TABLE page_hits (
  url STRING NOT NULL,
  `day` DATE NOT NULL,
  hits BIGINT NOT NULL,
  PRIMARY KEY (url, `day`) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'page_hits',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

