package compiler

import (
	"sort"
	"strings"

	"millrace/compiler/flinksql"
)

// comments are those of a script, which become descriptions of the nodes that they stand at.
type comments struct {
	source string
	list   []flinksql.Span
	given  []bool
	first  int // all before it are given
}

func newComments(script *flinksql.Script) comments {
	return comments{source: script.Source, list: script.Comments, given: make([]bool, len(script.Comments))}
}

// claim marks the comments inside a text that is kept as it is.
func (c *comments) claim(place flinksql.Span) {
	first, last := c.inside(place)
	for at := first; at < last; at++ {
		c.given[at] = true
	}
}

// inside are the first comment that stands inside a part of the script and the one behind the last.
func (c *comments) inside(place flinksql.Span) (first, last int) {
	first = sort.Search(len(c.list), func(at int) bool { return c.list[at].Start >= place.Start })
	for last = first; last < len(c.list) && c.list[last].End <= place.End; last++ {
	}
	return first, last
}

// withTrailing is a statement with the comments that stand between it and its semicolon.
func (c *comments) withTrailing(statement flinksql.Span) flinksql.Span {
	at, _ := c.inside(flinksql.Span{Start: statement.End, End: statement.End})
	for ; at < len(c.list) && strings.TrimSpace(c.source[statement.End:c.list[at].Start]) == ""; at++ {
		statement.End = c.list[at].End
	}
	return statement
}

// give hands the comments up to the end of a statement's last line to what the statement has made: those before it to its
// node, those inside to the nodes made of the text behind them. Where it has made nothing they wait for the next one.
func (c *comments) give(i *importer, statement flinksql.Span, table bool) {
	if !table && len(i.made) == 0 {
		return
	}
	end := len(c.source)
	if length := strings.IndexByte(c.source[statement.End:], '\n'); length >= 0 {
		end = statement.End + length
	}
	for ; c.first < len(c.list) && c.list[c.first].Start < end; c.first++ {
		comment := c.list[c.first]
		if c.given[c.first] {
			continue
		}
		c.given[c.first] = true
		text := commentText(comment.Text(c.source))
		if table {
			own := i.order[len(i.order)-1]
			own.description = strings.TrimSpace(strings.TrimSpace(own.description + "\n" + text))
			continue
		}
		if text != "" {
			i.describe(c.nodeAt(i.made, comment, statement), text)
		}
	}
}

// nodeAt is the node that a comment speaks of: the main one of the statement for those before and behind it, inside it
// the one made of the smallest part that holds the comment, or of the nearest part behind it.
func (c *comments) nodeAt(made []madeNode, comment, statement flinksql.Span) string {
	main := made[len(made)-1].id
	if made[0].Span == statement {
		main = made[0].id
	}
	if comment.Start < statement.Start || comment.Start >= statement.End {
		return main
	}
	best, distance := main, len(c.source)
	for _, m := range made {
		if m.Start >= comment.End && m.Start-comment.End < distance {
			best, distance = m.id, m.Start-comment.End
		}
	}
	for _, m := range made {
		if m.Start <= comment.Start && comment.End <= m.End && m.End-m.Start < distance {
			best, distance = m.id, m.End-m.Start
		}
	}
	return best
}

// commentText is a comment without its marks and without lines that only draw.
func commentText(comment string) string {
	switch {
	case strings.HasPrefix(comment, "/*"):
		comment = strings.TrimSuffix(strings.TrimPrefix(comment, "/*"), "*/")
	default:
		comment = comment[2:]
	}
	var lines []string
	for line := range strings.Lines(comment) {
		line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "*"))
		if strings.Trim(line, "-=*#~_ ") != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// inOrder are the statements and the mistakes of a script as they stand in it.
func inOrder(script *flinksql.Script) []flinksql.Node {
	list := make([]flinksql.Node, 0, len(script.Statements)+len(script.Errors))
	errors := script.Errors
	for _, statement := range script.Statements {
		for len(errors) > 0 && errors[0].Statement.Start < statement.Range().Start {
			list = append(list, faultyStatement{errors[0].Statement, errors[0]})
			errors = errors[1:]
		}
		list = append(list, statement)
	}
	for _, fault := range errors {
		list = append(list, faultyStatement{fault.Statement, fault})
	}
	return list
}

// faultyStatement is a statement that could not be parsed.
type faultyStatement struct {
	flinksql.Span
	fault *flinksql.Error
}
