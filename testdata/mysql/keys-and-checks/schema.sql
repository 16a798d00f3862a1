CREATE TABLE accounts (
  id int NOT NULL,
  owner int NOT NULL REFERENCES owners (id) ON DELETE SET NULL ON UPDATE SET DEFAULT,
  balance decimal(10,2) NOT NULL CONSTRAINT positive CHECK (balance >= 0) NOT ENFORCED,
  iban varchar(34) NOT NULL UNIQUE KEY COMMENT 'account number',
  branch int,
  CONSTRAINT pk_accounts PRIMARY KEY (id) USING BTREE COMMENT 'the key',
  CONSTRAINT uq_branch UNIQUE INDEX (branch, iban(10)),
  INDEX (owner),
  KEY k1 (branch), KEY k2 (branch, id), KEY k3 (balance), KEY k4 (iban), KEY k5 (iban, id), KEY k6 (id, iban),
  FULLTEXT INDEX ft (iban) WITH PARSER ngram,
  CONSTRAINT fk_branch FOREIGN KEY fk (branch, owner) REFERENCES bank.branches (id, owner) MATCH FULL ON UPDATE NO ACTION,
  CONSTRAINT sane CHECK (balance < 1e9),
  CHECK (iban <> '')
);
