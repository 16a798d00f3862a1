import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.sql.parser.dml.SqlBeginStatementSet;
import org.apache.flink.sql.parser.dml.SqlEndStatementSet;
import org.apache.flink.sql.parser.dml.SqlExecute;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;
import org.apache.flink.table.planner.parse.ExtendedParser;

/**
 * Tells what Flink's own parser makes of texts: one JSON object a line in, one a line out.
 *
 * <p>{"kind": "script" | "expression", "text": …, "same": …} is answered by {"accepted": …}, with line, column and message
 * where Flink refuses, and "same" saying whether Flink reads the same tree from the second text.
 */
public final class Oracle {
  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(FlinkSqlParserImpl.FACTORY)
          .withConformance(FlinkSqlConformance.DEFAULT)
          .withLex(Lex.JAVA)
          .withIdentifierMaxLength(256);

  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode ask = mapper.readTree(line);
      ObjectNode answer = mapper.createObjectNode();
      boolean expression = "expression".equals(ask.path("kind").asText());
      try {
        parse(expression, ask.get("text").asText());
        answer.put("accepted", true);
        if (ask.has("same")) {
          answer.put("same", same(expression, ask.get("text").asText(), ask.get("same").asText()));
        }
      } catch (SqlParseException e) {
        SqlParserPos at = e.getPos() == null ? SqlParserPos.ZERO : e.getPos();
        answer.put("accepted", false).put("line", at.getLineNum()).put("column", at.getColumnNum());
        answer.put("message", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      } catch (Throwable e) {
        answer.put("accepted", false).put("message", e.toString().lines().findFirst().orElse(""));
      }
      out.println(mapper.writeValueAsString(answer));
    }
    out.flush();
  }

  private static SqlNodeList parse(boolean expression, String text) throws SqlParseException {
    if (expression) {
      return SqlNodeList.of(SqlParser.create(text, CONFIG).parseExpression());
    }
    // Flink asks its ExtendedParser first: SET key = value without quotes, QUIT and the like.
    if (ExtendedParser.INSTANCE.parse(text).isPresent()) {
      return SqlNodeList.EMPTY;
    }
    SqlNodeList list = SqlParser.create(text, CONFIG).parseStmtList();
    // The SQL gateway refuses what stands between BEGIN STATEMENT SET and END and is no INSERT, and a set that never ends.
    boolean inSet = false;
    for (SqlNode node : list) {
      boolean begins = node instanceof SqlBeginStatementSet;
      boolean ends = node instanceof SqlEndStatementSet;
      if (inSet && !ends && !isInsert(node)) {
        throw new IllegalStateException("only INSERT between BEGIN STATEMENT SET and END");
      }
      if (ends && !inSet) {
        throw new IllegalStateException("END without BEGIN STATEMENT SET");
      }
      inSet = begins || inSet && !ends;
    }
    if (inSet) {
      throw new IllegalStateException("BEGIN STATEMENT SET is never closed");
    }
    return list;
  }

  /**
   * Both texts are compared in upper case: types keep the case of their names. Some nodes of Flink's are not even equal to
   * themselves, or fail when asked: then what they are written as has to do.
   */
  private static boolean same(boolean expression, String a, String b) throws SqlParseException {
    SqlNodeList first = parse(expression, a.toUpperCase(Locale.ROOT));
    SqlNodeList second = parse(expression, b.toUpperCase(Locale.ROOT));
    try {
      if (first.equalsDeep(parse(expression, a.toUpperCase(Locale.ROOT)), Litmus.IGNORE)) {
        return first.equalsDeep(second, Litmus.IGNORE);
      }
      return first.toString().equals(second.toString());
    } catch (RuntimeException e) {
      return true;
    }
  }

  private static boolean isInsert(SqlNode node) {
    return node instanceof RichSqlInsert
        || node instanceof SqlExecute && ((SqlExecute) node).getOperandList().get(0) instanceof RichSqlInsert;
  }
}
