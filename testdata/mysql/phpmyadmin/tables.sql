CREATE TEMPORARY TABLE posts (
  id INT NOT NULL,
  author INT NOT NULL,
  slug STRING NOT NULL,
  title STRING NOT NULL,
  body STRING,
  published BOOLEAN NOT NULL,
  `at` TIMESTAMP(0) NOT NULL,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'posts',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

CREATE TEMPORARY TABLE post_tags (
  post INT NOT NULL,
  tag STRING NOT NULL,
  PRIMARY KEY (post, tag) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'post_tags',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

