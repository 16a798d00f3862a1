CREATE TABLE `Article` (
  `ArticleID` int(11) NOT NULL,
  `Lang` char(2) NOT NULL,
  `Text` text,
  PRIMARY KEY (`articleid`, `LANG`)
) ENGINE=MyISAM;
