package graph

import (
	"reflect"
	"slices"
	"strings"
)

// samplesAndTests tells in one line each which samples and tests differ.
func (d *differ) samplesAndTests() {
	before := make(map[string]*Sample, len(d.a.Samples)) // by the ids of b where there are any
	for id, sample := range d.a.Samples {
		if newer, kept := d.newer[id]; kept {
			id = newer
		}
		before[id] = sample
	}
	samples := changedNames(before, d.b.Samples, func(id string) string {
		if d.b.Nodes[id] == nil {
			return d.a.nameOf(id)
		}
		return d.b.nameOf(id)
	})
	if samples != "" {
		d.add(Change{Op: opOf(len(before), len(d.b.Samples)), Of: SamplesPart, Field: samples})
	}
	if tests := changedNames(d.a.Tests, d.b.Tests, d.nameOfTest); tests != "" {
		d.add(Change{Op: opOf(len(d.a.Tests), len(d.b.Tests)), Of: TestsPart, Field: tests})
	}
}

// nameOfTest is the name of a test that one of the documents has, or its id when it has none.
func (d *differ) nameOfTest(id string) string {
	for _, doc := range []*Document{d.b, d.a} {
		if test := doc.Tests[id]; test != nil && test.Name != "" {
			return test.Name
		}
	}
	return id
}

// opOf says what happened to a collection that differs.
func opOf(before, after int) ChangeOp {
	switch {
	case before == 0:
		return Added
	case after == 0:
		return Removed
	}
	return Changed
}

// changedNames are the keys whose values differ, sorted and with commas between.
func changedNames[T any](a, b map[string]T, name func(string) string) string {
	var names []string
	for key, value := range a {
		if other, kept := b[key]; !kept || !reflect.DeepEqual(value, other) {
			names = append(names, name(key))
		}
	}
	for key := range b {
		if _, was := a[key]; !was {
			names = append(names, name(key))
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
