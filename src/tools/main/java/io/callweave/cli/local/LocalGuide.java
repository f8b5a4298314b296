package io.callweave.cli.local;

import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.settings.KnownSettings;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What people read at the start. */
final class LocalGuide {

    private LocalGuide() {}

    /** To somebody who has no credentials yet. */
    static void firstSteps(PrintWriter out) {
        out.println("callweave: To see the calls of your RingCentral account:");
        out.println("  1. At https://developers.ringcentral.com, create a REST API app with JWT auth flow.");
        out.println("  2. Give it the permissions Call Control, WebSocket Subscriptions and Read Accounts.");
        out.println("  3. Below Credentials, create a JWT for it, as a user who may see all calls of the account.");
        out.println("  4. Set " + KnownSettings.RINGCENTRAL_CLIENT_ID.variable() + ", "
                + KnownSettings.RINGCENTRAL_CLIENT_SECRET.variable() + " and "
                + KnownSettings.RINGCENTRAL_JWT.variable() + ".");
        out.println("  5. Start this command again, then make a call. For the sandbox, set "
                + KnownSettings.RINGCENTRAL_SERVER.variable() + ".");
    }

    /** Where to look. */
    static void print(PrintWriter out, EmbeddedStack product, String console, String account, Path directory) {
        String prefix = product.settings().get(KnownSettings.TOPICS_PREFIX);
        out.println("callweave: the whole product runs in this process, for the account " + account + ":");
        out.println("  console    " + console + "/ shows the calls in a browser, live");
        out.println("  Kafka      " + product.bootstrapServers() + ", topics " + prefix + "calls, " + prefix
                + "live-calls and more");
        out.println("  topology   " + product.topology().httpAddress() + "/ lists health, metrics and more");
        out.println("  bridge     " + product.bridge().httpAddress() + "/health/accounts says how it is connected");
        out.println("  data       " + directory);
        out.println("callweave: each line is a call that is over: end, direction, length,");
        out.println("  caller \u2192 who was called, and what happened. Ctrl-C ends it.");
    }
}
