package compiler

import (
	"embed"
	"encoding/json"
	"fmt"
)

// Connector describes a Flink connector: its options as Flink's documentation names them.
type Connector struct {
	Name    string   `json:"name"` // the option 'connector'
	Title   string   `json:"title"`
	Help    string   `json:"help"`
	Source  bool     `json:"source"` // can be read
	Sink    bool     `json:"sink"`   // can be written
	Options []Option `json:"options"`
}

// Option describes one option of a connector.
type Option struct {
	Key      string   `json:"key"`
	Title    string   `json:"title"`
	Type     string   `json:"type" enum:"text,number,boolean,enum"`
	Required bool     `json:"required"`
	Default  string   `json:"default"` // what Flink takes when it is absent; "" when nothing
	Help     string   `json:"help"`
	Values   []string `json:"values"` // of an enum
}

//go:embed connectors/*.json
var connectorFiles embed.FS

var connectors, connectorsByName = readConnectors()

// Connectors describes every connector that has a file under connectors/, by name.
func Connectors() []Connector { return connectors }

func readConnectors() ([]Connector, map[string]Connector) {
	files, err := connectorFiles.ReadDir("connectors")
	if err != nil {
		panic(err) // embedded
	}
	var list []Connector
	byName := map[string]Connector{}
	for _, file := range files {
		data, err := connectorFiles.ReadFile("connectors/" + file.Name())
		if err != nil {
			panic(err)
		}
		var connector Connector
		if err := json.Unmarshal(data, &connector); err != nil {
			panic(fmt.Sprintf("%s: %v", file.Name(), err))
		}
		for i := range connector.Options {
			if connector.Options[i].Values == nil {
				connector.Options[i].Values = []string{}
			}
		}
		list = append(list, connector)
		byName[connector.Name] = connector
	}
	return list, byName
}
