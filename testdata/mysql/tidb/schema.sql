CREATE TABLE `events` (
  `id` bigint(20) NOT NULL /*T![auto_rand] AUTO_RANDOM(5) */,
  `tenant` varchar(64) NOT NULL,
  `name` varchar(128) NOT NULL,
  `payload` json DEFAULT NULL,
  `embedding` vector(3) DEFAULT NULL,
  `created_at` timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`) /*T![clustered_index] CLUSTERED */,
  KEY `tenant` (`tenant`) /*T![global_index] GLOBAL */,
  UNIQUE KEY `name` (`name`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin /*T![ttl] TTL=`created_at` + INTERVAL 90 DAY */ /*T![ttl] TTL_ENABLE='ON' */ /*T![placement] PLACEMENT POLICY=`eu` */;
CREATE TABLE `counters` (
  `name` varchar(64) NOT NULL,
  `value` bigint(20) UNSIGNED NOT NULL DEFAULT '0'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin /*T! SHARD_ROW_ID_BITS=4 PRE_SPLIT_REGIONS=2 */;
