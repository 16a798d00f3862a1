package mysqlddl

// statementKind says what a statement is about, as far as tables are concerned.
type statementKind uint8

const (
	other       statementKind = iota // not known
	createTable                      // CREATE TABLE
	alterTable                       // ALTER TABLE
	createIndex                      // CREATE [UNIQUE] INDEX
	dropTable                        // DROP TABLE
	renameTable                      // RENAME TABLE
	useDatabase                      // USE
	data                             // INSERT, REPLACE, LOAD DATA
	view                             // CREATE VIEW
	routine                          // CREATE TRIGGER, PROCEDURE, FUNCTION, EVENT
	silent                           // what says nothing about tables: SET, LOCK TABLES, SHOW, …
)

// readInWhole tells whether all tokens of such a statement are kept.
func (k statementKind) readInWhole() bool {
	return k == createTable || k == alterTable || k == createIndex || k == dropTable || k == renameTable
}

// kindOf reads the first tokens of a statement.
func kindOf(head []string) statementKind {
	if len(head) == 0 {
		return other
	}
	second := ""
	if len(head) > 1 {
		second = head[1]
	}
	switch head[0] {
	case "CREATE", "ALTER":
		return kindOfCreate(head)
	case "DROP":
		if second == "TABLE" || second == "TEMPORARY" {
			return dropTable
		}
		return silent
	case "RENAME":
		if second == "TABLE" || second == "TABLES" {
			return renameTable
		}
	case "USE":
		return useDatabase
	case "INSERT", "REPLACE", "LOAD", "UPDATE", "DELETE":
		return data
	case "SET", "LOCK", "UNLOCK", "START", "BEGIN", "COMMIT", "ROLLBACK", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "ANALYZE", "OPTIMIZE",
		"FLUSH", "GRANT", "REVOKE", "TRUNCATE", "SOURCE", "STATUS", "CHANGE", "RESET", "PURGE", "CHECKSUM":
		return silent
	}
	return other
}

// kindOfCreate looks for what is created or altered; before it stand words such as OR REPLACE, UNIQUE and DEFINER = ….
func kindOfCreate(head []string) statementKind {
	for _, text := range head[1:] {
		switch text {
		case "TABLE":
			if head[0] == "ALTER" {
				return alterTable
			}
			return createTable
		case "INDEX":
			return createIndex
		case "VIEW":
			return view
		case "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE":
			return routine
		case "DATABASE", "SCHEMA", "USER", "ROLE", "SEQUENCE", "TABLESPACE", "SERVER", "RESOURCE", "PLACEMENT":
			return silent
		case "(":
			return other
		}
	}
	return other
}
