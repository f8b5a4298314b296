package io.callweave.verify;

import io.callweave.files.WrongInput;
import io.callweave.record.RecordHead;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A table of calls that a user keeps, in a file or a database. */
@FunctionalInterface
public interface OwnTable {

    /**
     * Reads all rows, one at a time.
     *
     * @throws WrongInput if that is not possible; one sentence
     */
    void read(Consumer<RecordHead> rows);

    /** The columns that matter, and what stands in them. */
    final class Columns {

        private static final List<String> NEEDED = List.of("callId", "accountId", "revision", "epoch", "startTime");

        private final String source;
        private final List<String> fields = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();
        private long rows;

        /**
         * Finds them.
         *
         * @param source names the table in sentences
         * @param names of the columns, in their order, as in the record or as SQL writes them
         * @throws WrongInput if one is missing
         */
        Columns(String source, List<String> names) {
            this.source = source;
            for (int place = 0; place < names.size(); place++) {
                String field = RecordHead.nameOf(names.get(place));
                if ((NEEDED.contains(field) || field.equals("status")) && !fields.contains(field)) {
                    fields.add(field);
                    places.add(place);
                }
            }
            for (String needed : NEEDED) {
                if (!fields.contains(needed)) {
                    throw new WrongInput(source + " has no column " + needed + "; it needs " + String.join(", ", NEEDED)
                            + ", and can have status. Names such as call_id do as well.");
                }
            }
        }

        /** Where they are. */
        List<Integer> places() {
            return places;
        }

        /** @param cells the text at a place; null where there is none */
        RecordHead row(IntFunction<@Nullable String> cells) {
            rows++;
            RecordHead.Fields row = new RecordHead.Fields();
            try {
                for (int i = 0; i < fields.size(); i++) {
                    row.put(fields.get(i), cells.apply(places.get(i)));
                }
            } catch (DateTimeException | NumberFormatException e) {
                throw new WrongInput("Row " + rows + " of " + source + " cannot be read: " + e.getMessage(), e);
            }
            return checked(row.head(), "Row " + rows + " of " + source);
        }
    }

    /**
     * The row, if it has all that is compared.
     *
     * @throws WrongInput if there is no row, or its time is missing
     */
    static RecordHead checked(@Nullable RecordHead row, String place) {
        if (row == null || row.startTime() == null) {
            throw new WrongInput(place + " lacks one of " + String.join(", ", Columns.NEEDED) + ".");
        }
        return row;
    }
}
