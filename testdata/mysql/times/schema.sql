CREATE TABLE shifts (
  d date NOT NULL,
  t time, t3 time(3), t6 time(6) NOT NULL,
  dt datetime, dt3 datetime(3) NOT NULL, dt6 datetime(6),
  ts timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, ts3 timestamp(3) NULL, ts6 timestamp(6) NOT NULL DEFAULT '2000-01-01 00:00:00.000000',
  zero datetime DEFAULT '0000-00-00 00:00:00',
  since year(4) NOT NULL
) ENGINE=InnoDB;
