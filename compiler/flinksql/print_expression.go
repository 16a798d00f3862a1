package flinksql

// power is how strong an expression binds; what is no operator binds more than all of them.
func power(x Expr) int {
	switch x := x.(type) {
	case *Binary:
		return binaryPower(x.Operator)
	case *Unary:
		return unaryPower(x)
	case *Between, *In, *Quantified:
		return inPower
	case *LikeExpr:
		return likePower
	case *Exists:
		return addPower
	case *IntervalOf:
		return signPower
	case *Index, *Field:
		return memberPower
	}
	return memberPower + 1
}

func binaryPower(operator string) int {
	switch operator {
	case "OR":
		return orPower
	case "AND":
		return andPower
	case "+", "-":
		return addPower
	case "*", "/", "%", "||":
		return multiplyPower
	case "MULTISET UNION ALL", "MULTISET UNION DISTINCT", "MULTISET EXCEPT ALL", "MULTISET EXCEPT DISTINCT":
		return multisetUnionPower
	case "MULTISET INTERSECT ALL", "MULTISET INTERSECT DISTINCT":
		return multisetIntersectPower
	}
	return comparePower
}

func unaryPower(x *Unary) int {
	switch x.Operator {
	case "NOT":
		return notPower
	case "+", "-":
		return signPower
	case "EXISTS", "UNIQUE":
		return addPower
	}
	if x.Postfix && !isUnit(x) {
		return isPower
	}
	return signPower // FINAL a, CURSOR (…), NEXT VALUE FOR s, (a - b) DAY
}

// isUnit tells whether the operator is the unit behind (a - b) DAY.
func isUnit(x *Unary) bool {
	word := x.Operator
	for i := range len(word) {
		if word[i] == ' ' || word[i] == '(' {
			word = word[:i]
			break
		}
	}
	return x.Postfix && timeUnit(word) != ""
}

// expression writes an expression, in brackets where it binds less than least.
func (p *printer) expression(x Expr, least int) {
	if p.tooWide {
		return
	}
	if power(x) < least {
		p.group(func() {
			p.block("(", ")", func() { p.expression(x, 0) })
		})
		return
	}
	switch x := x.(type) {
	case *ColumnRef:
		p.path(x.Path)
	case *Star:
		if x.Qualifier != nil {
			p.path(*x.Qualifier)
			p.write(".")
		}
		p.write("*")
	case *Constant:
		p.constant(x)
	case *Unary:
		p.unary(x)
	case *Binary:
		p.binary(x)
	case *Case:
		p.group(func() { p.caseExpression(x) })
	case *Call:
		p.call(x)
	default:
		p.predicate(x)
	}
}

// predicate writes the operators with a syntax of their own.
func (p *printer) predicate(x Expr) {
	switch x := x.(type) {
	case *Between:
		p.expression(x.X, likePower+1)
		p.not(x.Not)
		p.write(" BETWEEN ")
		if x.Symmetry != "" {
			p.write(x.Symmetry, " ")
		}
		p.expression(x.Low, likePower+1)
		p.write(" AND ")
		p.expression(x.High, likePower+1)
	case *LikeExpr:
		p.expression(x.X, likePower+1)
		p.not(x.Not)
		p.write(" ", x.Operator, " ")
		p.expression(x.Pattern, likePower+1)
		if x.Escape != nil {
			p.write(" ESCAPE ")
			p.escape(x.Escape)
		}
	case *In:
		p.expression(x.X, likePower+1)
		p.not(x.Not)
		p.write(" IN ")
		p.listOrQuery("(", ")", x.List, x.Query)
	case *Exists:
		p.write("EXISTS ")
		p.listOrQuery("(", ")", nil, x.Query)
	case *Quantified:
		p.expression(x.X, likePower+1)
		p.write(" ", x.Operator, " ", x.Quantifier, " ")
		p.listOrQuery("(", ")", x.List, x.Query)
	default:
		p.primary(x)
	}
}

func (p *printer) not(not bool) {
	if not {
		p.write(" NOT")
	}
}

// escape writes the character behind ESCAPE: an operand, or a number with its sign.
func (p *printer) escape(x Expr) {
	if unary, ok := x.(*Unary); ok {
		if number, ok := unary.Operand.(*Constant); ok && number.Kind == NumberConstant && unary.Operator != "NOT" && !unary.Postfix {
			p.unary(unary)
			return
		}
	}
	p.expression(x, memberPower+1)
}

func (p *printer) listOrQuery(open, closing string, list []Expr, query *Query) {
	p.group(func() {
		p.block(open, closing, func() {
			if query != nil {
				p.query(query)
				return
			}
			p.each(len(list), func(i int) { p.expression(list[i], 0) })
		})
	})
}

// primary writes what binds more than all operators.
func (p *printer) primary(x Expr) {
	switch x := x.(type) {
	case *Parameter:
		p.write("?")
	case *Default:
		p.write("DEFAULT")
	case *IntervalOf:
		p.interval(x)
	case *Cast:
		p.write(x.Function, "(")
		p.expression(x.X, 0)
		p.write(" AS ")
		p.dataType(x.Type)
		p.write(")")
	case *Row:
		open := "("
		if x.Word {
			open = "ROW("
		}
		p.listOrQuery(open, ")", x.Exprs, nil)
	case *Array:
		p.collection(x.Word, x.Exprs, x.Query)
	case *MapOf:
		p.collection("MAP", x.Exprs, x.Query)
	case *Index:
		p.index(x)
	case *Field:
		p.field(x)
	case *SubQuery:
		p.listOrQuery("(", ")", nil, x.Query)
	default:
		p.argument(x)
	}
}

// argument writes what stands only between a call's brackets.
func (p *printer) argument(x Expr) {
	switch x := x.(type) {
	case *TableArg:
		p.tableArgument(x)
	case *ModelArg:
		p.write("MODEL ")
		p.path(x.Model)
	case *Descriptor:
		p.write("DESCRIPTOR(")
		p.flatEach(len(x.Columns), func(i int) { p.path(x.Columns[i]) })
		p.write(")")
	case *NamedArg:
		if x.Name.Text == "JSON_SCOPE" && !x.Name.Quoted {
			p.write(x.Name.Text) // a keyword of CONTAINS_SUBSTR
		} else {
			p.name(x.Name)
		}
		p.write(" => ")
		p.expression(x.Value, 0)
	}
}

func (p *printer) collection(word string, list []Expr, query *Query) {
	if query != nil {
		p.listOrQuery(word+"(", ")", nil, query)
		return
	}
	p.listOrQuery(word+"[", "]", list, nil)
}

func (p *printer) index(x *Index) {
	if column, ok := x.X.(*ColumnRef); ok && len(column.Parts) == 1 && vocabulary[lookup(column.Parts[0].Text)] == "MAP" {
		p.write("`", column.Parts[0].Text, "`") // MAP[…] is a map
	} else {
		p.expression(x.X, memberPower)
	}
	p.write("[")
	if x.From != "" {
		p.write(x.From, " ")
	}
	p.expression(x.I, 0)
	p.write("]")
}

func (p *printer) field(x *Field) {
	bare := false
	switch inner := x.X.(type) {
	case *Index:
		bare = x.Call == nil
	case *Field:
		bare = x.Call == nil
	case *Cast:
		bare = true
	case *Call:
		bare = !inner.Bare && !inner.suffixed()
	}
	if bare {
		p.expression(x.X, 0)
	} else {
		p.group(func() {
			p.block("(", ")", func() { p.expression(x.X, 0) })
		})
	}
	p.write(".")
	if x.Call != nil {
		p.call(x.Call)
		return
	}
	p.name(x.Name)
}

func (p *printer) interval(x *IntervalOf) {
	p.write("INTERVAL ")
	if x.Negative {
		p.write("-")
	}
	bare := false
	switch inner := x.X.(type) {
	case *ColumnRef, *Star:
		bare = true
	case *Constant:
		bare = inner.Kind == NumberConstant
	}
	if bare {
		p.expression(x.X, 0)
	} else {
		p.write("(")
		p.expression(x.X, 0)
		p.write(")")
	}
	p.write(" ", x.Qualifier)
}

func (p *printer) constant(c *Constant) {
	switch {
	case c.Kind != TextConstant:
		p.write(c.Value)
	case c.Charset != "":
		p.write("_", c.Charset, Literal(c.Value))
	default:
		p.write(Literal(c.Value))
	}
}

func (p *printer) unary(x *Unary) {
	switch {
	case isUnit(x):
		p.write("(")
		p.expression(x.Operand, 0)
		p.write(") ", x.Operator)
	case x.Postfix:
		p.expression(x.Operand, likePower+1)
		p.write(" ", x.Operator)
	case x.Operator == "-" || x.Operator == "+":
		p.write(x.Operator)
		p.expression(x.Operand, signPower+1)
	case x.Operator == "NOT":
		p.write("NOT ")
		p.expression(x.Operand, likePower+1)
	case x.Operator == "EXISTS" || x.Operator == "UNIQUE":
		p.write(x.Operator, " ")
		p.expression(x.Operand, addPower+1)
	default:
		p.write(x.Operator, " ")
		p.expression(x.Operand, memberPower+1)
	}
}

func (p *printer) binary(x *Binary) {
	own := binaryPower(x.Operator)
	switch {
	case x.Operator == "AND" || x.Operator == "OR":
		p.chain(x, own, true)
		return
	case own < andPower || own == comparePower:
		own = likePower + 1
		p.expression(x.Left, own)
		p.write(" ", x.Operator, " ")
		p.expression(x.Right, own)
		return
	}
	p.expression(x.Left, own)
	p.write(" ", x.Operator, " ")
	p.expression(x.Right, own+1)
}

// chain writes a AND b AND c, each on a line of its own where they do not fit.
func (p *printer) chain(x Expr, least int, indent bool) {
	top, ok := x.(*Binary)
	if !ok || top.Operator != "AND" && top.Operator != "OR" {
		p.expression(x, least)
		return
	}
	own := binaryPower(top.Operator)
	var operands []Expr
	left := x
	for {
		b, ok := left.(*Binary)
		if !ok || b.Operator != top.Operator {
			break
		}
		operands = append(operands, b.Right)
		left = b.Left
	}
	rest := func() {
		for i := len(operands) - 1; i >= 0; i-- {
			p.newline()
			p.write(top.Operator, " ")
			p.expression(operands[i], own+1)
		}
	}
	p.expression(left, own)
	if indent {
		p.indented(rest)
	} else {
		rest()
	}
}

func (p *printer) caseExpression(c *Case) {
	p.write("CASE")
	if c.Operand != nil {
		p.write(" ")
		p.expression(c.Operand, 0)
	}
	p.indented(func() {
		for i := range c.Whens {
			p.newline()
			p.when(&c.Whens[i])
		}
		if c.Else != nil {
			p.newline()
			p.write("ELSE ")
			p.expression(c.Else, 0)
		}
	})
	p.newline()
	p.write("END")
}

func (p *printer) when(w *When) {
	p.write("WHEN ")
	p.flatEach(len(w.Conditions), func(i int) { p.expression(w.Conditions[i], 0) })
	p.write(" THEN ")
	p.expression(w.Result, 0)
}
