package flinksql

import "reflect"

// Equal tells whether two nodes are the same tree. Places in the text, back-ticks around names and brackets that say nothing do
// not count.
func Equal(a, b Node) bool {
	if isNil(a) || isNil(b) {
		return isNil(a) && isNil(b)
	}
	return equal(reflect.ValueOf(a), reflect.ValueOf(b))
}

var spanType, nameType = reflect.TypeFor[Span](), reflect.TypeFor[Name]()

func equal(a, b reflect.Value) bool {
	if a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return equal(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !equal(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		return equalFields(a, b)
	default:
		return a.Equal(b)
	}
}

func equalFields(a, b reflect.Value) bool {
	t := a.Type()
	for i := range t.NumField() {
		field := t.Field(i)
		if field.Type == spanType || t == nameType && field.Name == "Quoted" {
			continue
		}
		if !equal(a.Field(i), b.Field(i)) {
			return false
		}
	}
	return true
}
