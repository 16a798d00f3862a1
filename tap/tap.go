// Package tap holds the Maven project in this folder: it builds the tap, the sink connector through which a preview gets its
// rows, and its dependencies are the engine. The package is here to embed the project; it imports nothing.
//
// # The connector
//
// A table with 'connector' = 'millrace-tap' takes any columns and any changelog, -U included, in streaming and batch mode. Each
// subtask of its sink connects to the option 'address' and pushes rows. Unless 'complete' is true, what goes over
// 'rows-per-second', after a 'burst', or finds the queue of 4 MB full is left out and counted, and the job is never held back. A connection that
// is refused or closed fails the job with "the preview is gone: …".
//
// # The wire
//
// TCP; all integers are big endian. The tap sends the 7 bytes "MRTAP1\n" and then frames: uint32 length of what follows, uint8
// type, payload.
//
//	H  {"run":…, "node":…, "subtask":0, "parallelism":1}, the first frame. The server answers with one byte: K is go on, anything
//	   else or a close is a refusal. It sends nothing after that.
//	R  int64 dropped: rows left out between the last row before this frame and its first; int64 watermark in ms, math.MinInt64
//	   for none yet and math.MaxInt64 at the end of the input; uint32 number of rows; each row as uint32 length and
//	   {"kind":"+I", "values":[…], "cut":{"<column index>": bytes}}. A frame of no rows has news of the two figures; such frames
//	   are at least 200 ms from the one before.
//	E  the end of the input of this subtask, no payload; the tap closes the connection.
//
// Values by type: BOOLEAN, TINYINT, SMALLINT and INT are JSON's own, FLOAT and DOUBLE too, but for the strings NaN, Infinity and
// -Infinity; BIGINT and DECIMAL are exact strings; BINARY and VARBINARY lower-case hex; dates, times, instants and intervals
// what Flink's CAST to STRING writes; ARRAY is an array; MAP and MULTISET an array of {"key":…, "value":…}; ROW and structured
// types an object with the fields in their order; VARIANT a string of JSON; all else a string.
//
// "cut" names the cells that are longer than 'cell-bytes' and were replaced by a string of their beginning: text and bytes by
// that of themselves, everything else by that of its JSON. The number is the whole size: for text in bytes of UTF-8, for
// bytes their count (where the limit counts two hex digits each), for everything else that of the JSON.
package tap

import "embed"

// Project is the Maven project: pom.xml and the sources.
//
//go:embed pom.xml src
var Project embed.FS

// Jar is the name of the tap's JAR in the folder of the engine's jars.
const Jar = "millrace-tap.jar"
