CREATE TEMPORARY TABLE events (
  id BIGINT NOT NULL,
  `at` TIMESTAMP(6) NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) COMMENT 'as they come' WITH (
  'connector' = 'jdbc',
  'table-name' = 'events',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE events_archive (
  id BIGINT NOT NULL,
  `at` TIMESTAMP(6) NOT NULL,
  archived_at TIMESTAMP(0) NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) COMMENT 'as they come' WITH (
  'connector' = 'jdbc',
  'table-name' = 'events_archive',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

