/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19-11.4.2-MariaDB, for debian-linux-gnu (x86_64)
/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */;

DROP TABLE IF EXISTS `devices`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE `devices` (
  `id` uuid NOT NULL DEFAULT uuid(),
  `address` inet6 DEFAULT NULL,
  `gateway` inet4 DEFAULT NULL,
  `labels` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`labels`)),
  `last_seen` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `firmware` varchar(30) COLLATE utf8mb4_uca1400_ai_ci /*M!100301 COMPRESSED*/ DEFAULT NULL,
  `hidden` int(11) INVISIBLE DEFAULT 0,
  `host` varchar(50) GENERATED ALWAYS AS (substring_index(`firmware`,'-',1)) PERSISTENT,
  PRIMARY KEY (`id`),
  KEY `seen` (`last_seen`) IGNORED
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci `PAGE_COMPRESSED`='ON' WITH SYSTEM VERSIONING;
