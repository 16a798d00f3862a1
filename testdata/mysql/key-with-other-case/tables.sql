CREATE TEMPORARY TABLE Article (
  ArticleID INT NOT NULL,
  Lang STRING NOT NULL,
  Text STRING,
  PRIMARY KEY (ArticleID, Lang) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'table-name' = 'Article',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

