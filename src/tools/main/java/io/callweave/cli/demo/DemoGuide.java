package io.callweave.cli.demo;

import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.demo.SampleCalls;
import io.callweave.settings.KnownSettings;
import java.io.PrintWriter;
import java.net.URI;

/** Where to look while the demonstration runs. */
final class DemoGuide {

    private final EmbeddedStack product;
    private final DemoDirectory directory;
    private final String token;

    DemoGuide(EmbeddedStack product, DemoDirectory directory, String token) {
        this.product = product;
        this.directory = directory;
        this.token = token;
    }

    /** Where the bridge takes the notifications of an account. */
    URI webhook(String account) {
        return URI.create(product.bridge().webhooks() + "/webhooks/" + account);
    }

    /**
     * Tells people.
     *
     * @param console its address
     * @param samples whether the real calls will be shown, which is only once in a data directory
     */
    void print(PrintWriter out, String console, boolean samples) {
        String prefix = product.settings().get(KnownSettings.TOPICS_PREFIX);
        out.println("callweave: the whole product runs in this process. Where to look:");
        out.println("  console    " + console + "/ shows the calls in a browser, live");
        out.println("  Kafka      " + product.bootstrapServers() + ", topics " + prefix + "calls, " + prefix
                + "live-calls and more");
        out.println("  topology   " + product.topology().httpAddress() + "/ lists health, metrics and more");
        out.println("  bridge     " + product.bridge().httpAddress() + "/ lists health, metrics and more");
        out.println("  webhooks   " + webhook(SampleCalls.ACCOUNT) + " with the header");
        out.println("             Verification-Token: " + token);
        out.println("  data       " + directory.inWords());
        out.println("callweave: each line is a call that is over: end, direction, length,");
        out.println("  caller \u2192 who was called, and what happened.");
        out.println("  A line that ends with \"revision 2\" replaces the earlier line of that call.");
        out.println(
                samples
                        ? "  Three real calls come first, then those of a simulated contact centre."
                        : "  These are new calls of a simulated contact centre.");
    }
}
