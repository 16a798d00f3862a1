package flinksql

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// textConstant reads a text with its prefix, the plain texts that go on behind it, and UESCAPE.
func (p *parser) textConstant() *Constant {
	t := p.peek(0)
	p.at++
	piece := p.source[t.start():t.end()]
	if c := piece[0]; c == 'E' || c == 'e' {
		value, bad := cStyleText(piece[2 : len(piece)-1])
		if bad >= 0 {
			p.refuse(t.span(), "bad-escape", "Escape has too few digits", `Write \uXXXX with four hexadecimal digits, or \UXXXXXXXX with eight.`)
		}
		return &Constant{Span: t.span(), Kind: TextConstant, Value: value}
	}
	quote := strings.IndexByte(piece, '\'')
	constant := add(&p.constants, Constant{Kind: TextConstant})
	switch prefix := piece[:quote]; {
	case prefix == "" || len(prefix) == 2 && prefix[1] == '&':
	case len(prefix) == 1: // N'…'
		constant.Charset = "ISO-8859-1"
	default:
		constant.Charset = p.charset(prefix[1:], t.span())
	}
	constant.Value, _ = TextValue(piece[quote:])
	for p.isPlainText(0) {
		next, _ := TextValue(p.source[p.start():p.peek(0).end()])
		constant.Value += next
		p.at++
	}
	if unicode := quote == 2 && piece[1] == '&'; unicode || p.word() == "UESCAPE" {
		constant.Value = p.unicodeText(constant.Value, unicode, t)
	}
	constant.Span = p.since(t.start())
	return constant
}

// charset is the name of a character set that Flink knows, in upper case.
func (p *parser) charset(name string, span Span) string {
	switch upper := strings.ToUpper(name); upper {
	case "UTF8", "UTF16", "UTF32", "UTF-8", "UTF-16", "LATIN1", "ISO-8859-1", "US-ASCII":
		return upper
	}
	p.refuse(span, "unknown-charset", "Character set is not known", fmt.Sprintf("Flink has no character set %s: leave the prefix away, texts are Unicode.", name))
	return ""
}

// unicodeText decodes what stands in U&'…' with the escape character of UESCAPE, which is a backslash without it.
func (p *parser) unicodeText(text string, unicode bool, first *token) string {
	escape := byte('\\')
	if p.word() == "UESCAPE" {
		if !unicode {
			p.refuse(Span{p.start(), p.peek(0).end()}, "uescape", "UESCAPE without U&", "Write U& before the text, or remove UESCAPE.")
		}
		p.at++
		own := p.plainText()
		if len(own.Value) != 1 || strings.ContainsAny(own.Value, " \t\n\r\f+'\"") || hexDigits(own.Value) > 0 {
			p.refuse(own.Span, "uescape", "Not an escape character", "Write one character that is no hexadecimal digit, plus sign, quote or space.")
		}
		escape = own.Value[0]
	}
	var b unescaped
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] != escape:
			b.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == escape:
			b.WriteByte(escape)
			i++
		case hexDigits(text[i+1:min(i+5, len(text))]) == 4:
			b.unit(hexRune(text[i+1 : i+5]))
			i += 4
		default:
			p.refuse(Span{first.start(), first.end()}, "bad-escape", "Escape has too few digits", "Write the escape character and four hexadecimal digits; write it twice to mean itself.")
		}
	}
	return b.String()
}

// cStyleText decodes what stands in E'…'; bad is where an escape is broken, or -1.
func cStyleText(text string) (value string, bad int) {
	text = strings.ReplaceAll(text, "''", "'")
	if !strings.Contains(text, `\`) {
		return text, -1
	}
	var b unescaped
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		switch c := text[i]; {
		case strings.IndexByte("bfnrt", c) >= 0:
			b.WriteByte("\b\f\n\r\t"[strings.IndexByte("bfnrt", c)])
		case c == '\\' || c == '\'':
			b.WriteByte(c)
		case c == 'u' || c == 'U':
			n := 4
			if c == 'U' {
				n = 8
			}
			if hexDigits(text[i+1:min(i+1+n, len(text))]) != n {
				return "", i
			}
			b.unit(hexRune(text[i+1 : i+1+n]))
			i += n
		case c == 'x':
			n := hexDigits(text[i+1 : min(i+3, len(text))])
			if n == 0 {
				b.WriteByte(c)
			} else {
				b.WriteRune(hexRune(text[i+1 : i+1+n]))
			}
			i += n
		case c >= '0' && c <= '7':
			var r rune
			n := 0
			for n < 3 && i+n < len(text) && text[i+n] >= '0' && text[i+n] <= '7' {
				r = r*8 + rune(text[i+n]-'0')
				n++
			}
			b.WriteRune(r)
			i += n - 1
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String(), -1
}

// unescaped is a text whose characters come one by one; two escapes may mean one character, as Java's halves do.
type unescaped struct {
	strings.Builder
	high rune // the first half of a character; 0 when none waits
}

func (u *unescaped) unit(r rune) {
	if whole := utf16.DecodeRune(u.high, r); whole != unicode.ReplacementChar {
		text := strings.TrimSuffix(u.String(), string(unicode.ReplacementChar))
		u.Reset()
		u.WriteString(text)
		r = whole
	}
	u.high = r
	u.WriteRune(r)
}

func hexDigits(text string) int {
	for i := range len(text) {
		if b := text[i] | 0x20; !isDigit(text[i]) && (b < 'a' || b > 'f') {
			return i
		}
	}
	return len(text)
}

func hexRune(digits string) rune {
	var r rune
	for i := range len(digits) {
		b := digits[i]
		switch {
		case isDigit(b):
			b -= '0'
		default:
			b = b | 0x20 - 'a' + 10
		}
		r = r<<4 | rune(b)
	}
	return r
}

// binaryConstant reads X'ab' with the texts that go on behind it.
func (p *parser) binaryConstant() *Constant {
	t := p.peek(0)
	value := p.source[t.start()+2 : t.end()-1]
	p.at++
	for p.isPlainText(0) {
		value += p.source[p.start()+1 : p.peek(0).end()-1]
		p.at++
	}
	if hexDigits(value) != len(value) {
		p.refuse(p.since(t.start()), "bad-binary", "Not a hexadecimal number", "X'…' holds digits and the letters A to F only.")
	}
	return &Constant{Span: p.since(t.start()), Kind: BinaryConstant, Value: "X'" + strings.ToUpper(value) + "'"}
}

func (p *parser) numberConstant(t *token) *Constant {
	value := p.source[t.start():t.end()]
	if e := strings.IndexAny(value, "eE"); e >= 0 && len(trimZeros(strings.TrimLeft(value[e+1:], "+-"))) > 9 {
		p.refuse(t.span(), "large-number", "Number is too large", "Its exponent has more digits than Flink reads.")
	}
	return add(&p.constants, Constant{Span: t.span(), Kind: NumberConstant, Value: value})
}

// decimalText reads DECIMAL '1.5'.
func (p *parser) decimalText() *Constant {
	start := p.start()
	p.at++
	text := p.plainText()
	value := strings.Trim(text.Value, " ")
	if unsigned := strings.TrimLeft(value, "+-"); len(value)-len(unsigned) > 1 || unsigned == "" || numeralLength(unsigned) != len(unsigned) || digits(unsigned)+strings.Count(unsigned, ".") == 0 {
		p.refuse(text.Span, "bad-number", "Text is no number", "DECIMAL '…' holds one number, such as DECIMAL '1.5'.")
	}
	return &Constant{Span: p.since(start), Kind: NumberConstant, Value: "DECIMAL " + Literal(text.Value)}
}

// dateTimeConstant reads the text behind DATE, TIME, DATETIME, TIMESTAMP or TIMESTAMP WITH LOCAL TIME ZONE.
func (p *parser) dateTimeConstant(start int, word string) *Constant {
	text := p.plainText()
	return &Constant{Span: p.since(start), Kind: DateTimeConstant, Value: word + " " + Literal(text.Value)}
}

// escapedDateTime reads {d '2020-01-01'}, {t '…'} and {ts '…'}, which mean the same as DATE, TIME and TIMESTAMP.
func (p *parser) escapedDateTime() *Constant {
	start, word := p.start(), map[string]string{"{D": "DATE", "{T": "TIME", "{TS": "TIMESTAMP"}[p.word()]
	p.at++
	constant := p.dateTimeConstant(start, word)
	p.expect("}")
	constant.Span = p.since(start)
	return constant
}

// interval reads INTERVAL '1' DAY, and INTERVAL x DAY.
func (p *parser) interval() Expr {
	start := p.start()
	p.expect("INTERVAL")
	sign := p.choice("-", "+")
	if p.isPlainText(0) {
		text := p.plainText()
		if text.Value == "" {
			p.refuse(text.Span, "empty-interval", "Interval is empty", "Write a number: INTERVAL '1' DAY.")
		}
		value := "INTERVAL "
		if sign == "-" {
			value = "INTERVAL -"
		}
		return &Constant{Kind: IntervalConstant, Value: value + Literal(text.Value) + " " + p.qualifier(), Span: p.since(start)}
	}
	interval := &IntervalOf{Negative: sign == "-"}
	switch t := p.peek(0); {
	case p.accept("("):
		interval.X = p.expression()
		p.expect(")")
	case t.class == numberClass || t.word() == "DECIMAL":
		interval.X = p.number()
	case t.isName():
		interval.X = p.compound()
	default:
		p.unexpected("a text, number or column")
	}
	interval.Qualifier = p.unit()
	interval.Span = p.since(start)
	return interval
}

// timeUnit is the unit that a word means in an interval, "" when it means none.
func timeUnit(word string) string {
	switch word {
	case "YEAR", "YEARS":
		return "YEAR"
	case "QUARTER", "QUARTERS":
		return "QUARTER"
	case "MONTH", "MONTHS":
		return "MONTH"
	case "WEEK", "WEEKS":
		return "WEEK"
	case "DAY", "DAYS":
		return "DAY"
	case "HOUR", "HOURS":
		return "HOUR"
	case "MINUTE", "MINUTES":
		return "MINUTE"
	case "SECOND", "SECONDS":
		return "SECOND"
	}
	return ""
}

// unit reads a unit with its precision: DAY, DAY(3), SECOND(3, 6).
func (p *parser) unit() string {
	unit := timeUnit(p.word())
	if unit == "" {
		p.unexpected("a unit such as DAY")
	}
	p.at++
	if !p.accept("(") {
		return unit
	}
	precision := p.integer()
	if unit == "SECOND" && p.accept(",") {
		precision += ", " + p.integer()
	}
	p.expect(")")
	return unit + "(" + precision + ")"
}

// qualifier reads the units of an interval: DAY, DAY(3) TO SECOND(6).
func (p *parser) qualifier() string {
	from := timeUnit(p.word())
	first := p.unit()
	if p.word() != "TO" {
		return first
	}
	to := timeUnit(p.peek(1).word())
	switch {
	case from == "YEAR" && to == "MONTH",
		from == "DAY" && (to == "HOUR" || to == "MINUTE" || to == "SECOND"),
		from == "HOUR" && (to == "MINUTE" || to == "SECOND"),
		from == "MINUTE" && to == "SECOND":
	default:
		return first
	}
	p.at += 2
	if to == "SECOND" && p.accept("(") {
		to += "(" + p.integer() + ")"
		p.expect(")")
	}
	return first + " TO " + to
}

// unitOrName reads the unit of EXTRACT, FLOOR, TIMESTAMPADD and the like, or a name that stands for one.
func (p *parser) unitOrName() *Constant {
	start := p.start()
	if unit := p.builtInUnit(); unit != "" {
		return &Constant{Span: p.since(start), Kind: SymbolConstant, Value: unit}
	}
	if !p.peek(0).isName() {
		p.unexpected("a unit such as DAY")
	}
	name := p.name()
	return &Constant{Span: name.Span, Kind: SymbolConstant, Value: Quote(name.Text)}
}

// builtInUnit reads a unit that is a keyword; "" when none stands there.
func (p *parser) builtInUnit() string {
	switch word := p.word(); word {
	case "NANOSECOND", "MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "DAYOFWEEK", "DAYOFYEAR", "DOW", "DOY",
		"ISODOW", "ISOYEAR", "MONTH", "QUARTER", "YEAR", "EPOCH", "DECADE", "CENTURY", "MILLENNIUM":
		p.at++
		return word
	case "WEEK":
		p.at++
		if p.word() != "(" {
			return word
		}
		switch day := p.peek(1).word(); day {
		case "SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY":
			p.at += 2
			p.expect(")")
			return "WEEK(" + day + ")"
		}
		return word
	}
	return ""
}
