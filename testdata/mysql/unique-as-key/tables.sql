CREATE TEMPORARY TABLE currencies (
  code STRING NOT NULL,
  numeric_code SMALLINT,
  name STRING NOT NULL,
  PRIMARY KEY (code) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'currencies',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE settings (
  name STRING NOT NULL,
  `value` STRING,
  PRIMARY KEY (name) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'settings',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE flags (
  `scope` STRING NOT NULL,
  name STRING NOT NULL,
  PRIMARY KEY (`scope`, name) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'flags',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE codes (
  code STRING NOT NULL
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'codes',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE late (
  code STRING NOT NULL,
  n INT,
  PRIMARY KEY (code) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'late',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

