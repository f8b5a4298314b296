package io.callweave.report;

import io.callweave.call.record.CallRecord;
import io.callweave.call.transfer.Transfer;
import java.util.EnumMap;
import java.util.Map;

/** How calls were handed on, and how many more than once. */
public final class Transferred {

    private static final String EMPTY = "No call was transferred, parked or picked up.";

    private final Map<Transfer.Kind, Long> calls = new EnumMap<>(Transfer.Kind.class);
    private final Map<Transfer.Kind, Long> transfers = new EnumMap<>(Transfer.Kind.class);
    private long chains;

    void add(CallRecord call) {
        Map<Transfer.Kind, Long> ofCall = new EnumMap<>(Transfer.Kind.class);
        call.transfers().forEach(transfer -> ofCall.merge(transfer.kind(), 1L, Long::sum));
        ofCall.forEach((kind, times) -> {
            calls.merge(kind, 1L, Long::sum);
            transfers.merge(kind, times, Long::sum);
        });
        long handedOn = call.transfers().stream().filter(Transfer::isHandedOn).count();
        chains += handedOn > 1 ? 1 : 0;
    }

    Table table() {
        Table.Builder table = new Table.Builder("transfers", "Transfers", EMPTY)
                .text("kind", "Kind")
                .figure("calls", "Calls", "Calls with at least one.")
                .figure("transfers", "Transfers", "");
        calls.forEach((kind, count) ->
                table.row(Cell.text(words(kind)), Cell.number(count), Cell.number(transfers.getOrDefault(kind, 0L))));
        if (chains > 0) {
            table.row(Cell.text("Chains: handed on twice or more"), Cell.number(chains), Cell.NONE);
        }
        return table.end();
    }

    private static String words(Transfer.Kind kind) {
        return switch (kind) {
            case ATTENDED -> "Attended transfer";
            case BLIND -> "Blind transfer";
            case PARK -> "Park and retrieval";
            case CONFERENCE -> "Into a conference";
            case FLIP -> "Flip to another phone";
            case SWITCH -> "Switch of device";
            case PICKUP -> "Pick-up";
        };
    }
}
