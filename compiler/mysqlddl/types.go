package mysqlddl

import "fmt"

// flinkType is the type that a column of a MySQL type has in Flink: what the JDBC connector's table of types says
// (nightlies.apache.org/flink/flink-docs-stable/docs/connectors/table/jdbc, "Data Type Mapping"), and where that is silent
// what Flink CDC's says (nightlies.apache.org/flink/flink-cdc-docs-stable/docs/connectors/flink-sources/mysql-cdc, "Data Type
// Mapping"). They differ in texts and bytes: CDC keeps lengths, JDBC makes them STRING and BYTES. The latter is taken, because
// every connector reads it and MySQL's dialect of JDBC refuses BINARY and VARBINARY(n).
//
// Against both, a TIMESTAMP is a TIMESTAMP_LTZ: MySQL stores a point in time, and shows it in the time zone of who asks. And
// a SET is a STRING, its members with commas between them, as JDBC gives it; CDC reads ARRAY<STRING> as well.
func flinkType(t mysqlType) string {
	switch t.name {
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT":
		return integerType(t)
	case "FLOAT", "DOUBLE", "DATE":
		return t.name
	case "DECIMAL":
		return decimalType(t)
	case "BIT":
		if t.length <= 1 {
			return "BOOLEAN"
		}
		return "BYTES"
	case "YEAR":
		return "INT"
	case "TIME":
		return fmt.Sprintf("TIME(%d)", min(max(t.scale, 0), mostOfTime))
	case "DATETIME":
		return fmt.Sprintf("TIMESTAMP(%d)", max(t.scale, 0))
	case "TIMESTAMP":
		return fmt.Sprintf("TIMESTAMP_LTZ(%d)", max(t.scale, 0))
	case "BINARY", "VARBINARY", "BLOB":
		return "BYTES"
	}
	return "STRING" // CHAR, VARCHAR, TEXT, ENUM, SET, JSON, VECTOR, and what is read as TEXT
}

// integerType gives an unsigned type the next wider one.
func integerType(t mysqlType) string {
	switch {
	case t.name == "TINYINT" && t.length == 1 && !t.unsigned:
		return "BOOLEAN" // as drivers read it: tinyInt1isBit
	case t.name == "MEDIUMINT":
		return "INT"
	case !t.unsigned:
		return t.name
	}
	return map[string]string{"TINYINT": "SMALLINT", "SMALLINT": "INT", "INT": "BIGINT", "BIGINT": "DECIMAL(20, 0)"}[t.name]
}

const (
	mostDigits = 38 // of Flink's DECIMAL; MySQL's has 65
	mostOfTime = 3  // digits behind the second in Flink's TIME, which makes TIME(3) of TIME(6) without a word
)

func decimalType(t mysqlType) string {
	digits, scale := t.length, max(t.scale, 0)
	if digits <= 0 {
		digits = 10
	}
	if digits > mostDigits {
		return "STRING"
	}
	return fmt.Sprintf("DECIMAL(%d, %d)", digits, scale)
}
