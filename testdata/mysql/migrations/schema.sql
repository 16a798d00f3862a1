-- V1
CREATE TABLE employees (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  first varchar(40),
  last varchar(40),
  obsolete int,
  boss int,
  salary decimal(8,2)
) ENGINE=InnoDB;
-- V2
ALTER TABLE employees ADD COLUMN email varchar(200) NOT NULL COMMENT 'work' AFTER last, ADD COLUMN IF NOT EXISTS (room varchar(9), floor tinyint);
ALTER TABLE employees ADD badge char(8) CHARACTER SET cp1251 COLLATE cp1251_bin NOT NULL DEFAULT '00000000' FIRST, ADD location point;
ALTER TABLE employees CHANGE COLUMN first first_name varchar(80) NOT NULL, CHANGE last last_name varchar(80) COLLATE utf8mb4_uca1400_ai_ci DEFAULT '', MODIFY salary decimal(12,4) NOT NULL AFTER id;
-- V3
ALTER TABLE employees DROP COLUMN obsolete, RENAME COLUMN boss TO manager, ADD INDEX by_room (room), ADD CONSTRAINT fk_boss FOREIGN KEY (manager) REFERENCES employees (id);
ALTER TABLE employees ALTER COLUMN room SET DEFAULT 'A1', ALTER floor DROP DEFAULT;
ALTER TABLE employees DROP PRIMARY KEY, ADD PRIMARY KEY (id, badge);
ALTER TABLE employees COMMENT = 'people who work here', CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
RENAME TABLE employees TO staff;
-- V4
CREATE TABLE scratch (id int) ENGINE=MEMORY;
DROP TABLE IF EXISTS scratch, nothing;
ALTER TABLE staff ADD COLUMN colour color_type(3) NOT NULL;
ALTER TABLE visitors ADD COLUMN x int;
