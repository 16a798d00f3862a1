create table notices (
  id int unsigned not null auto_increment primary key comment "the number",
  text varchar(500) not null default "it's \"nothing\"",
  kind enum("a", "b") default "a"
) engine=innodb comment="what we tell ""people""";
