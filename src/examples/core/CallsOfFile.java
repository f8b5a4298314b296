import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.call.CallRules;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.notification.NotificationReader;
import io.callweave.record.CallRecordJson;
import io.callweave.schema.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the calls of a file of notifications, one a line, or with {@code --schema} the schema of these lines. */
final class CallsOfFile {

    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private CallsOfFile() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("Usage: CallsOfFile FILE, or CallsOfFile --schema");
            System.exit(2);
        }
        if (arguments[0].equals("--schema")) {
            System.out.print(Schemas.print(Schemas.ofValue("calls")));
            return;
        }
        NotificationReader reader = new NotificationReader();
        Assembly assembly = new Assembly();
        try (Stream<String> notifications = Files.lines(Path.of(arguments[0]))) {
            notifications.forEach(notification ->
                    reader.read(notification.getBytes(UTF_8)).events().forEach(assembly::add));
        }
        for (CallRecord call : assembly.records(CallRules.DEFAULT)) {
            System.out.println(printable(new String(CallRecordJson.write(call, 1), UTF_8)));
        }
    }

    /** The same JSON. Callers choose texts: what a terminal obeys, or shows as something else, is escaped. */
    private static String printable(String json) {
        return UNSEEN.matcher(json)
                .replaceAll(one -> one.group()
                        .chars()
                        .mapToObj(unit -> String.format("\\\\u%04x", unit))
                        .collect(Collectors.joining()));
    }
}
