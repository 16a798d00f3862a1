CREATE TABLE orders (id INT, name STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'datagen');
CREATE TABLE done (id INT, name STRING) WITH ('connector' = 'blackhole');

-- dropped
EXECUTE STATEMENT SET -- the frame
BEGIN
  -- kept
  INSERT INTO done SELECT id, name FROM orders WHERE id > 1;
  INSERT INTO done (name, id) SELECT CASE WHEN id > 1 THEN 'END' ELSE '' END, id FROM orders;
END -- of the set
;
