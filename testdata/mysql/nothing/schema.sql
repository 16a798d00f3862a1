-- only a comment
SHOW TABLES;
