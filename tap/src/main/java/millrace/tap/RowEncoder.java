package millrace.tap;

import java.time.ZoneId;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** Writes rows as {"kind":…,"values":[…]}, with the sizes of the cells that were cut. */
final class RowEncoder {
    private final RowData.FieldGetter[] getters;
    private final CellEncoder[] cells;

    RowEncoder(RowType rowType, ZoneId zone, int cellBytes) {
        List<LogicalType> types = rowType.getChildren();
        getters = new RowData.FieldGetter[types.size()];
        cells = new CellEncoder[types.size()];
        for (int i = 0; i < cells.length; i++) {
            getters[i] = RowData.createFieldGetter(types.get(i), i);
            cells[i] = CellEncoder.of(types.get(i), zone, cellBytes);
        }
    }

    /** Writes a row into a buffer, in place of what it held. */
    void encode(RowData row, JsonBuffer out) {
        out.clear();
        out.raw("{\"kind\":\"");
        out.raw(row.getRowKind().shortString());
        out.raw("\",\"values\":[");
        StringBuilder cut = null;
        for (int i = 0; i < cells.length; i++) {
            ValueEncoders.separate(i, out);
            Object value = getters[i].getFieldOrNull(row);
            if (value == null) {
                out.raw("null");
                continue;
            }
            long size = cells[i].encode(value, out);
            if (size != CellEncoder.WHOLE) {
                cut = cut == null ? new StringBuilder(",\"cut\":{") : cut.append(',');
                cut.append('"').append(i).append("\":").append(size);
            }
        }
        out.put(']');
        if (cut != null) {
            out.raw(cut.append('}').toString());
        }
        out.put('}');
    }
}
