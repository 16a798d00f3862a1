// Package tap holds the Maven project in this folder: it builds the tap, the sink connector through which a preview gets its
// rows, and its dependencies are the engine. The package is here to embed the project; it imports nothing.
package tap

import "embed"

// Project is the Maven project: pom.xml and the sources.
//
//go:embed pom.xml src
var Project embed.FS

// Jar is the name of the tap's JAR in the folder of the engine's jars.
const Jar = "millrace-tap.jar"
