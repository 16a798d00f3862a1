package flinksql

// columnType reads a type with NULL or NOT NULL behind it and its elements, as columns and fields have it.
func (p *parser) columnType() *Type {
	p.nested()
	start := p.start()
	t := p.typeName()
	for {
		null, ahead := "", 0
		switch {
		case p.word() == "NULL":
			null, ahead = "NULL ", 1
		case p.word() == "NOT" && p.peek(1).word() == "NULL":
			null, ahead = "NOT NULL ", 2
		}
		word := p.peek(ahead).word()
		if word != "ARRAY" && word != "MULTISET" {
			break
		}
		p.at += ahead + 1
		t.Suffix = append(t.Suffix, null+word)
	}
	t.Null = p.nullable()
	t.Span = p.since(start)
	p.depth--
	return t
}

func (p *parser) nullable() string {
	switch {
	case p.accept("NULL"):
		return "NULL"
	case p.word() == "NOT":
		p.expect("NOT", "NULL")
		return "NOT NULL"
	}
	return ""
}

// dataType reads a type as CAST has it: without NOT NULL.
func (p *parser) dataType() *Type {
	p.nested()
	start := p.start()
	t := p.typeName()
	for p.word() == "ARRAY" || p.word() == "MULTISET" {
		t.Suffix = append(t.Suffix, p.word())
		p.at++
	}
	t.Span = p.since(start)
	p.depth--
	return t
}

// typeName reads a type without what stands behind it.
func (p *parser) typeName() *Type {
	t := p.peek(0)
	typ := &Type{Name: t.word()}
	switch t.word() {
	case "STRING", "BYTES", "BITMAP", "BOOLEAN", "INTEGER", "INT", "TINYINT", "SMALLINT", "BIGINT", "REAL", "FLOAT", "VARIANT", "DATE":
		p.at++
	case "DOUBLE":
		p.at++
		p.accept("PRECISION")
	case "TIMESTAMP_LTZ", "VARBINARY", "VARCHAR", "CHAR", "CHARACTER", "BINARY":
		p.at++
		p.sized(typ)
	case "TIME", "TIMESTAMP":
		p.at++
		p.precision(typ)
		p.timeZone(typ)
	case "DECIMAL", "DEC", "NUMERIC", "ANY":
		p.at++
		if p.accept("(") {
			typ.Params = append(typ.Params, p.integer())
			if p.accept(",") {
				typ.Params = append(typ.Params, p.integer())
			}
			p.expect(")")
		}
	case "GEOMETRY":
		p.refuse(t.span(), "geometry", "Flink has no GEOMETRY", "Use STRING or BYTES.")
	default:
		return p.compoundType(t, typ)
	}
	return typ
}

// sized reads the length of texts and bytes, VARYING before it and the character set behind it.
func (p *parser) sized(typ *Type) {
	if typ.Name == "CHARACTER" {
		typ.Name = "CHAR"
	}
	if (typ.Name == "CHAR" || typ.Name == "BINARY") && p.accept("VARYING") {
		typ.Name = "VAR" + typ.Name
	}
	p.precision(typ)
	if (typ.Name == "CHAR" || typ.Name == "VARCHAR") && p.word() == "CHARACTER" {
		p.expect("CHARACTER", "SET")
		typ.Charset = p.name().Text
	}
}

func (p *parser) precision(typ *Type) {
	if p.accept("(") {
		typ.Params = append(typ.Params, p.integer())
		p.expect(")")
	}
}

func (p *parser) timeZone(typ *Type) {
	switch {
	case p.acceptAll("WITHOUT", "TIME", "ZONE"):
	case p.word() == "WITH":
		p.expect("WITH", "LOCAL", "TIME", "ZONE")
		typ.Name += " WITH LOCAL TIME ZONE"
	}
}

// compoundType reads ARRAY<…>, MAP<…>, ROW<…>, RAW(…), STRUCTURED<…>, and a type of the user's by its path.
func (p *parser) compoundType(t *token, typ *Type) *Type {
	switch {
	case t.word() == "ARRAY" || t.word() == "MULTISET":
		p.at++
		p.expect("<")
		start := p.start()
		p.nested()
		element := p.typeName()
		p.depth--
		element.Null = p.nullable()
		element.Span = p.since(start)
		typ.Elements = []*Type{element}
		p.expect(">")
	case t.word() == "MAP" && p.peek(1).word() == "<":
		p.at += 2
		typ.Elements = append(typ.Elements, p.columnType())
		p.expect(",")
		typ.Elements = append(typ.Elements, p.columnType())
		p.expect(">")
	case t.word() == "RAW":
		p.at++
		p.expect("(")
		typ.Params = append(typ.Params, Literal(p.literalText().Value))
		p.expect(",")
		typ.Params = append(typ.Params, Literal(p.literalText().Value))
		p.expect(")")
	case t.word() == "ROW":
		p.at++
		p.rowType(typ)
	case t.word() == "STRUCTURED":
		p.at++
		p.expect("<")
		typ.Params = append(typ.Params, Literal(p.literalText().Value))
		if p.accept(",") {
			typ.Fields = p.rowFields(">")
		}
		p.expect(">")
	default:
		if !t.isName() {
			p.unexpected("a data type")
		}
		path := p.path()
		typ.Name, typ.Path = "", &path
	}
	typ.Span = p.since(t.start())
	return typ
}

func (p *parser) rowType(typ *Type) {
	switch {
	case p.accept("<>"):
	case p.accept("<"):
		typ.Fields = p.rowFields(">")
		p.expect(">")
	default:
		p.expect("(")
		typ.Fields = p.rowFields(")")
		p.expect(")")
	}
}

// rowFields reads the fields of a row up to its closing bracket, each with its comment.
func (p *parser) rowFields(closing string) []RowField {
	var fields []RowField
	for p.word() != closing || len(fields) > 0 {
		start := p.start()
		field := RowField{Name: p.name(), Type: p.columnType()}
		if p.isPlainText(0) {
			comment := p.plainText()
			field.Comment = &comment
		}
		field.Span = p.since(start)
		fields = append(fields, field)
		if !p.accept(",") {
			break
		}
	}
	return fields
}
