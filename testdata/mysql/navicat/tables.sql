CREATE TEMPORARY TABLE t_contact (
  id BIGINT NOT NULL COMMENT '主键',
  name STRING COMMENT '姓名',
  gender TINYINT COMMENT '性别：0未知 1男 2女',
  deleted BOOLEAN COMMENT '删除标记',
  create_time TIMESTAMP(0) COMMENT '创建时间',
  PRIMARY KEY (id) NOT ENFORCED
) COMMENT '联系人' WITH (
  'connector' = 'jdbc',
  'table-name' = 't_contact',
  'url' = 'jdbc:mysql://localhost:3306/database'
);

