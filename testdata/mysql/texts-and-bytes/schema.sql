CREATE TABLE files (
  c char, c10 char(10) NOT NULL, v varchar(255), n national varchar(20), nv nvarchar(30), cv character varying(40), nc nchar(5),
  tt tinytext, tx text, mt mediumtext, lt longtext NOT NULL, tn text(1000), lv long varchar,
  b binary, b16 binary(16) NOT NULL, vb varbinary(300), tb tinyblob, bl blob, mb mediumblob, lb longblob, lvb long varbinary,
  cb char(8) character set binary, vcb varchar(8) charset binary NOT NULL, txb text character set binary,
  a varchar(10) ascii, w varchar(10) character set cp1251 collate cp1251_general_ci, bin varchar(10) binary
) DEFAULT CHARACTER SET koi8r;
