CREATE TABLE plain (
  id INT NOT NULL,
  name VARCHAR(20),
  price DECIMAL(10, 2),
  PRIMARY KEY (id)
);
