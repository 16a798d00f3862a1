package flinksql

func (p *printer) statement(s Statement) {
	switch s := s.(type) {
	case *CreateTable:
		p.createTable(s)
	case *CreateView:
		p.creating(s.Replace, s.Temporary, "VIEW", s.IfNotExists)
		p.path(s.Path)
		if len(s.Columns) > 0 {
			p.write(" ")
			p.names(s.Columns)
		}
		p.comment(s.Comment)
		p.write(" AS")
		p.newline()
		p.query(s.Query)
	case *CreateFunction:
		p.createFunction(s)
	case *CreateCatalog:
		p.creating(s.Replace, s.Temporary, "CATALOG", s.IfNotExists)
		p.name(s.Name)
		p.comment(s.Comment)
		p.with(s.Options)
	case *CreateDatabase:
		p.creating(s.Replace, s.Temporary, "DATABASE", s.IfNotExists)
		p.path(s.Path)
		p.comment(s.Comment)
		p.with(s.Options)
	case *Insert:
		p.insert(s)
	case *StatementSet:
		p.statementSet(s)
	case *QueryStatement:
		if s.Execute {
			p.write("EXECUTE ")
		}
		p.query(s.Query)
	default:
		p.command(s)
	}
}

// command writes the statements that are one line.
func (p *printer) command(s Statement) {
	switch s := s.(type) {
	case *Use:
		switch {
		case s.Catalog:
			p.write("USE CATALOG ")
			p.path(s.Path)
		case s.Modules:
			p.write("USE MODULES ")
			p.flatEach(len(s.Names), func(i int) { p.name(s.Names[i]) })
		default:
			p.write("USE ")
			p.path(s.Path)
		}
	case *Set:
		p.write("SET")
		if s.Key != nil {
			p.write(" ", Literal(s.Key.Value), " = ", Literal(s.Value.Value))
		}
	case *Reset:
		p.write("RESET")
		if s.Key != nil {
			p.write(" ", Literal(s.Key.Value))
		}
	case *AddJar:
		verb := "ADD"
		if s.Remove {
			verb = "REMOVE"
		}
		p.write(verb, " JAR ", Literal(s.Jar.Value))
	case *Other:
		p.write(s.Text)
	}
}

func (p *printer) creating(replace, temporary bool, what string, ifNotExists bool) {
	p.write("CREATE ")
	if replace {
		p.write("OR REPLACE ")
	}
	if temporary {
		p.write("TEMPORARY ")
	}
	p.write(what, " ")
	if ifNotExists {
		p.write("IF NOT EXISTS ")
	}
}

func (p *printer) createTable(t *CreateTable) {
	p.creating(t.Replace, t.Temporary, "TABLE", t.IfNotExists)
	p.path(t.Path)
	switch {
	case len(t.ColumnNames) > 0:
		p.write(" ")
		p.names(t.ColumnNames)
	case len(t.Columns) > 0 || t.Watermark != nil || t.PrimaryKey != nil:
		p.block(" (", ")", func() { p.tableParts(t) })
	}
	p.comment(t.Comment)
	if t.Distribution != nil {
		p.write(" ")
		p.distribution(t.Distribution)
	}
	if len(t.Partitioned) > 0 {
		p.write(" PARTITIONED BY ")
		p.names(t.Partitioned)
	}
	p.with(t.Options)
	if t.Like != nil {
		p.like(t.Like)
	}
	if t.As != nil {
		p.newline()
		p.write("AS")
		p.newline()
		p.query(t.As)
	}
}

// tableParts writes columns, watermark and primary key, each on its line.
func (p *printer) tableParts(t *CreateTable) {
	parts := make([]func(), 0, len(t.Columns)+2)
	for _, c := range t.Columns {
		parts = append(parts, func() { p.column(c) })
	}
	if t.Watermark != nil {
		parts = append(parts, func() { p.watermark(t.Watermark) })
	}
	if t.PrimaryKey != nil {
		parts = append(parts, func() { p.primaryKey(t.PrimaryKey) })
	}
	p.each(len(parts), func(i int) { parts[i]() })
}

func (p *printer) column(c *Column) {
	p.name(c.Name)
	p.write(" ")
	switch {
	case c.Expression != nil:
		p.write("AS ")
		p.expression(c.Expression, 0)
	default:
		p.dataType(c.Type)
		if c.Metadata {
			p.write(" METADATA")
		}
		if c.From != nil {
			p.write(" FROM ", Literal(c.From.Value))
		}
		if c.Virtual {
			p.write(" VIRTUAL")
		}
	}
	p.comment(c.Comment)
}

func (p *printer) watermark(w *Watermark) {
	p.write("WATERMARK FOR ")
	p.path(w.Column)
	p.write(" AS ")
	p.expression(w.Expression, 0)
}

func (p *printer) primaryKey(k *PrimaryKey) {
	if k.Constraint != nil {
		p.write("CONSTRAINT ")
		p.name(*k.Constraint)
		p.write(" ")
	}
	p.write("PRIMARY KEY ")
	p.names(k.Columns)
	switch {
	case k.Enforced == nil:
	case *k.Enforced:
		p.write(" ENFORCED")
	default:
		p.write(" NOT ENFORCED")
	}
}

func (p *printer) distribution(d *Distributed) {
	p.write("DISTRIBUTED")
	if len(d.Columns) > 0 {
		p.write(" BY ")
		if d.Kind != "" {
			p.write(d.Kind, " ")
		}
		p.names(d.Columns)
	}
	if d.Buckets != "" {
		p.write(" INTO ", d.Buckets, " BUCKETS")
	}
}

func (p *printer) like(l *Like) {
	p.write(" LIKE ")
	p.path(l.Table)
	if len(l.Options) == 0 {
		return
	}
	p.block(" (", ")", func() {
		for i, option := range l.Options {
			if i > 0 {
				p.newline()
			}
			p.write(option.Strategy, " ", option.Feature)
		}
	})
}

func (p *printer) createFunction(f *CreateFunction) {
	what := "FUNCTION"
	if f.System {
		what = "SYSTEM FUNCTION"
	}
	p.creating(f.Replace, f.Temporary, what, f.IfNotExists)
	p.path(f.Path)
	p.group(func() {
		p.indented(func() {
			p.newline()
			p.write("AS ", Literal(f.Class.Value))
			if f.Language != "" {
				p.write(" LANGUAGE ", f.Language)
			}
			for i, resource := range f.resources() {
				if i > 0 {
					p.write(",")
				} else {
					p.newline()
					p.write("USING")
				}
				p.write(resource)
			}
		})
	})
	p.with(f.Options)
}

func (f *CreateFunction) resources() []string {
	list := make([]string, 0, len(f.Jars)+len(f.Artifacts))
	for _, jar := range f.Jars {
		list = append(list, " JAR "+Literal(jar.Value))
	}
	for _, artifact := range f.Artifacts {
		list = append(list, " ARTIFACT "+Literal(artifact.Value))
	}
	return list
}

func (p *printer) insert(i *Insert) {
	if i.Execute {
		p.write("EXECUTE ")
	}
	if i.Overwrite {
		p.write("INSERT OVERWRITE ")
	} else {
		p.write("INSERT INTO ")
	}
	p.path(i.Table)
	p.hints(i.Hints)
	if len(i.Partition) > 0 {
		p.write(" PARTITION (")
		p.flatEach(len(i.Partition), func(n int) {
			part := i.Partition[n]
			p.name(part.Key)
			p.write(" = ")
			p.expression(part.Value, 0)
		})
		p.write(")")
	}
	if len(i.Columns) > 0 {
		p.write(" ")
		p.group(func() {
			p.block("(", ")", func() {
				p.each(len(i.Columns), func(n int) { p.path(i.Columns[n]) })
			})
		})
	}
	p.newline()
	p.query(i.Query)
	if i.OnConflict != "" {
		p.newline()
		p.write("ON CONFLICT DO ", i.OnConflict)
	}
}

func (p *printer) statementSet(s *StatementSet) {
	if s.Older {
		p.write("BEGIN STATEMENT SET;")
	} else {
		p.write("EXECUTE STATEMENT SET")
		p.newline()
		p.write("BEGIN")
	}
	for i, insert := range s.Inserts {
		if i > 0 {
			p.write("\n")
		}
		p.newline()
		p.insert(insert)
		p.write(";")
	}
	p.newline()
	p.write("END")
}
