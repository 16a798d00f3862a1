CREATE TEMPORARY TABLE wp_posts (
  ID DECIMAL(20, 0) NOT NULL,
  post_author DECIMAL(20, 0) NOT NULL,
  post_date TIMESTAMP(0) NOT NULL,
  post_content STRING NOT NULL,
  post_title STRING NOT NULL,
  post_status STRING NOT NULL,
  menu_order INT NOT NULL,
  PRIMARY KEY (ID) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'wp_posts',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE wp_options (
  option_id DECIMAL(20, 0) NOT NULL,
  option_name STRING NOT NULL,
  option_value STRING NOT NULL,
  autoload STRING NOT NULL,
  PRIMARY KEY (option_id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'wp_options',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

