package catalog

import (
	"encoding/binary"
	"errors"
	"unicode/utf16"
)

// Access flags of classes and methods (Java Virtual Machine Specification, tables 4.1-B and 4.6-A).
const (
	flagPublic    = 0x0001
	flagStatic    = 0x0008
	flagBridge    = 0x0040 // of a method
	flagVarargs   = 0x0080 // of a method
	flagInterface = 0x0200
	flagAbstract  = 0x0400
	flagSynthetic = 0x1000
)

// class is what we read of a class file; names are internal ones, with slashes.
type class struct {
	flags       uint16
	name, super string
	methods     []method
}

type method struct {
	flags            uint16
	name, descriptor string
}

var errClassFile = errors.New("not a class file")

// parseClass reads a class file (Java Virtual Machine Specification, chapter 4) as far as the methods.
func parseClass(data []byte) (c class, err error) {
	r := &classReader{data: data}
	if r.u4() != 0xCAFEBABE {
		return class{}, errClassFile
	}
	r.skip(4) // version
	pool := r.constants()
	c.flags = r.u2()
	c.name, c.super = pool.class(r.u2()), pool.class(r.u2())
	r.skip(2 * int(r.u2())) // interfaces
	r.members(pool)         // fields
	c.methods = r.members(pool)
	if r.failed || c.name == "" {
		return class{}, errClassFile
	}
	return c, nil
}

// classReader reads big-endian values; past the end it fails once and for all and returns zeros.
type classReader struct {
	data   []byte
	at     int
	failed bool
}

func (r *classReader) take(n int) []byte {
	if r.failed || n < 0 || n > len(r.data)-r.at {
		r.failed = true
		return nil
	}
	r.at += n
	return r.data[r.at-n : r.at]
}

func (r *classReader) skip(n int) { r.take(n) }

func (r *classReader) u1() int {
	if b := r.take(1); b != nil {
		return int(b[0])
	}
	return 0
}

func (r *classReader) u2() uint16 {
	if b := r.take(2); b != nil {
		return binary.BigEndian.Uint16(b)
	}
	return 0
}

func (r *classReader) u4() uint32 {
	if b := r.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

// constants is the constant pool: texts by index, and for a class the index of its name.
type constants struct {
	texts   map[uint16]string
	classes map[uint16]uint16
}

func (c constants) class(index uint16) string { return c.texts[c.classes[index]] }

// constants reads the constant pool (section 4.4): only CONSTANT_Utf8 and CONSTANT_Class are kept.
func (r *classReader) constants() constants {
	pool := constants{texts: map[uint16]string{}, classes: map[uint16]uint16{}}
	count := int(r.u2())
	for i := 1; i < count && !r.failed; i++ {
		switch tag := r.u1(); tag {
		case 1:
			pool.texts[uint16(i)] = modifiedUTF8(r.take(int(r.u2())))
		case 7:
			pool.classes[uint16(i)] = r.u2()
		case 8, 16, 19, 20: // String, MethodType, Module, Package
			r.skip(2)
		case 15: // MethodHandle
			r.skip(3)
		case 3, 4, 9, 10, 11, 12, 17, 18: // Integer, Float, references, NameAndType, Dynamic, InvokeDynamic
			r.skip(4)
		case 5, 6: // Long and Double take two places
			r.skip(8)
			i++
		default:
			r.failed = true
		}
	}
	return pool
}

// members reads the fields or the methods (sections 4.5 and 4.6) without their attributes.
func (r *classReader) members(pool constants) []method {
	var list []method
	for count := int(r.u2()); count > 0 && !r.failed; count-- {
		list = append(list, method{flags: r.u2(), name: pool.texts[r.u2()], descriptor: pool.texts[r.u2()]})
		for attributes := int(r.u2()); attributes > 0 && !r.failed; attributes-- {
			r.skip(2)
			r.skip(int(r.u4()))
		}
	}
	return list
}

// modifiedUTF8 decodes Java's own form of UTF-8 (section 4.4.7), where characters beyond the BMP are surrogate pairs.
func modifiedUTF8(data []byte) string {
	units := make([]uint16, 0, len(data))
	for i := 0; i < len(data); {
		b := data[i]
		switch {
		case b < 0x80:
			units = append(units, uint16(b))
			i++
		case b&0xE0 == 0xC0 && i+1 < len(data):
			units = append(units, uint16(b&0x1F)<<6|uint16(data[i+1]&0x3F))
			i += 2
		case b&0xF0 == 0xE0 && i+2 < len(data):
			units = append(units, uint16(b&0x0F)<<12|uint16(data[i+1]&0x3F)<<6|uint16(data[i+2]&0x3F))
			i += 3
		default:
			return ""
		}
	}
	return string(utf16.Decode(units))
}
