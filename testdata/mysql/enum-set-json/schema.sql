CREATE TABLE `tasks` (
  `id` int NOT NULL AUTO_INCREMENT,
  `state` enum('open','in progress','won''t do','it\'s done, or not') NOT NULL DEFAULT 'open',
  `tags` set('a','b','c, d') DEFAULT NULL,
  `more_tags` set('x') CHARACTER SET utf8mb4 NOT NULL,
  `meta` json NOT NULL,
  `meta_default` json DEFAULT (json_object()),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
