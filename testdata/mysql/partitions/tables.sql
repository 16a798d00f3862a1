CREATE TEMPORARY TABLE measurements (
  device INT NOT NULL,
  `at` TIMESTAMP(0) NOT NULL,
  `value` DOUBLE,
  PRIMARY KEY (device, `at`) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'measurements',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE clicks (
  id BIGINT NOT NULL,
  country STRING NOT NULL,
  PRIMARY KEY (id, country) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'clicks',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

