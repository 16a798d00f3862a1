package preview

import (
	"strings"

	"millrace/graph"
)

// notOfPreviews are settings that belong to a job that lasts: what a preview would do with its checkpoints, restarts and name.
var notOfPreviews = []string{"execution.checkpointing.", "execution.state-recovery.", "restart-strategy", "state.", "pipeline.name", "execution.attached", "execution.shutdown-on-attached-exit"}

// readOnly is a document whose run leaves no trace: no checkpoints, and no offsets committed for the consumer group that the
// pipeline's job reads with. (A group of its own would break sources that start from the group's offsets.)
func readOnly(doc *graph.Document) *graph.Document {
	doc = doc.Clone()
	for key := range doc.Settings {
		for _, prefix := range notOfPreviews {
			if strings.HasPrefix(key, prefix) {
				delete(doc.Settings, key)
			}
		}
	}
	for _, node := range doc.Nodes {
		if node.Kind != "source" {
			continue
		}
		options, _ := node.Config.At("table.options")
		if own, ok := options.(map[string]any); ok && (own["connector"] == "kafka" || own["connector"] == "upsert-kafka") {
			own["properties.commit.offsets.on.checkpoint"] = "false"
			own["properties.enable.auto.commit"] = "false"
		}
	}
	return doc
}
