-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: db1    Database: shop
-- ------------------------------------------------------
-- Server version	8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;

--
-- Current Database: `shop`
--

CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci */ /*!80016 DEFAULT ENCRYPTION='N' */;

USE `shop`;

--
-- Table structure for table `customers`
--

DROP TABLE IF EXISTS `customers`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE `customers` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(120) NOT NULL,
  `email` varchar(255) DEFAULT NULL,
  `birthday` date DEFAULT NULL,
  `password_hash` binary(60) NOT NULL /*!80023 INVISIBLE */,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_email` (`email`),
  CONSTRAINT `customers_chk_1` CHECK ((`birthday` > _utf8mb4'1900-01-01')) /*!80016 NOT ENFORCED */
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `customers`
--

LOCK TABLES `customers` WRITE;
/*!40000 ALTER TABLE `customers` DISABLE KEYS */;
INSERT INTO `customers` VALUES (1,'Ada; CREATE TABLE x (id int)','ada@example.org','1990-12-10',_binary 'a\'b'),(2,'O''Neil -- not a comment',NULL,NULL,_binary 'c');
INSERT INTO `customers` VALUES (3,'a "quoted" /* name */',NULL,NULL,_binary 'd\\');
/*!40000 ALTER TABLE `customers` ENABLE KEYS */;
UNLOCK TABLES;
/*!50003 SET @saved_cs_client      = @@character_set_client */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `customers_bi` BEFORE INSERT ON `customers` FOR EACH ROW BEGIN
  IF NEW.email = '' THEN
    SET NEW.email = NULL;
  END IF;
END */;;
DELIMITER ;

--
-- Temporary view structure for view `adults`
--

DROP TABLE IF EXISTS `adults`;
/*!50001 DROP VIEW IF EXISTS `adults`*/;
SET @saved_cs_client     = @@character_set_client;
/*!50001 CREATE VIEW `adults` AS SELECT 
 1 AS `id`,
 1 AS `name`*/;
SET character_set_client = @saved_cs_client;

--
-- Final view structure for view `adults`
--

/*!50001 DROP VIEW IF EXISTS `adults`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `adults` AS select `customers`.`id` AS `id`,`customers`.`name` AS `name` from `customers` where (`customers`.`birthday` < '2006-01-01') */;

-- Dump completed on 2024-03-01 10:00:00
