package io.callweave.cli.console;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the page in a real browser, against the whole product. Each class has a browser and a product of its own. */
@Tag("programs")
abstract class ConsolePageSupport {

    @TempDir
    static Path folder;

    static Browser browser;
    static ConsoleAtWork console;

    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    /** @param tokens in the form of the setting; empty for none */
    static void start(String zone, String tokens) throws Exception {
        browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
        console = ConsoleAtWork.start(Files.createDirectory(folder.resolve("product")), zone, tokens);
        browser.zone(zone);
    }

    @AfterAll
    static void stop() {
        if (console != null) {
            console.close();
            console = null;
        }
        if (browser != null) {
            browser.close();
            browser = null;
        }
    }

    static String id(PhoneCall phoneCall) {
        return phoneCall.telephonySessionIds().get(0);
    }

    /** The drawer of a call. */
    static String fragment(SimulatedAccount account, PhoneCall phoneCall) {
        return "#/call/" + account.id() + "/" + id(phoneCall);
    }

    /** An expression: its row in the list. */
    static String row(SimulatedAccount account, PhoneCall phoneCall) {
        return "document.querySelector('[data-key=\"" + account.id() + "/" + id(phoneCall) + "\"]')";
    }
}
