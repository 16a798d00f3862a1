package catalog

import (
	"fmt"
	"os"
	"strings"

	"millrace/graph"
)

// MissingFiles finds the sources of a document that read a file or folder which is not on this machine. It is to be asked
// only where Flink runs on this machine as well; paths of other file systems are left to Flink.
func MissingFiles(doc *graph.Document) []graph.Diagnostic {
	var found []graph.Diagnostic
	for _, id := range doc.NodeIDs() {
		node := doc.Nodes[id]
		connector, _ := node.Config.At("table.options.connector")
		options, _ := node.Config.At("table.options")
		if node.Kind != "source" || connector != "filesystem" {
			continue
		}
		path, _ := options.(map[string]any)["path"].(string)
		local, isFile := localPath(path)
		if !isFile {
			continue
		}
		if _, err := os.Stat(local); err != nil {
			found = append(found, graph.Diagnostic{
				Node: id, Field: "table.options.path", Severity: graph.Error, Code: "missing-file", Summary: "File does not exist",
				Detail: fmt.Sprintf("There is no file or folder %s on the machine that runs Flink: correct the path or put the file there.", local),
			})
		}
	}
	return found
}

// localPath is the path of a file: URL or of a plain absolute path.
func localPath(path string) (string, bool) {
	if rest, isURL := strings.CutPrefix(path, "file:"); isURL {
		return "/" + strings.TrimLeft(rest, "/"), true
	}
	return path, strings.HasPrefix(path, "/")
}
