//go:build embed

// Package frontend holds the built page. With the build tag "embed" it carries frontend/dist, which `npm run build` makes;
// without the tag it carries nothing, so that Go builds and tests on a clean clone. It imports only the standard library.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the built page's files, index.html at the top, and whether this binary has them.
func FS() (fs.FS, bool) {
	files, err := fs.Sub(dist, "dist")
	return files, err == nil
}
