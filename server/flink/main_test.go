package flink_test

import (
	"testing"

	"millrace/server/flink/flinktest"
)

func TestMain(m *testing.M) { flinktest.Main(m) }
