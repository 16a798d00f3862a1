CREATE TABLE `events` (
  `id` bigint NOT NULL,
  `at` datetime(6) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `at` (`at`)
) ENGINE=InnoDB COMMENT='as they come';
CREATE TABLE `events_archive` LIKE `events`;
CREATE TABLE IF NOT EXISTS `other_archive` (LIKE `elsewhere`.`visits`);
ALTER TABLE `events_archive` ADD COLUMN `archived_at` datetime NOT NULL;
