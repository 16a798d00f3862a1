CREATE TABLE "order items" (
  "order" int(11) NOT NULL,
  "key" varchar(20) NOT NULL,
  "say ""hi""" varchar(10) DEFAULT 'x' COMMENT 'a "quoted" word',
  PRIMARY KEY ("order","key")
) ENGINE=InnoDB;
