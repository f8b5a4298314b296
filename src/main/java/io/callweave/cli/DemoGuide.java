package io.callweave.cli;

import io.callweave.demo.SampleCalls;
import io.callweave.settings.KnownSettings;
import io.callweave.topology.Topic;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Where to look while the demonstration runs. */
final class DemoGuide {

    private final OneProcess product;
    private final DemoDirectory directory;
    private final String token;

    DemoGuide(OneProcess product, DemoDirectory directory, String token) {
        this.product = product;
        this.directory = directory;
        this.token = token;
    }

    /** Where the bridge takes the notifications of an account. */
    URI webhook(String account) {
        return URI.create(product.bridge().webhooks() + "/webhooks/" + account);
    }

    void print(PrintWriter out) {
        String prefix = product.settings().get(KnownSettings.TOPICS_PREFIX);
        out.println("callweave: the whole product runs in this process. Where to look:");
        out.println("  Kafka      " + product.bootstrapServers() + ", topics " + prefix + " with "
                + Arrays.stream(Topic.values()).map(Topic::suffix).collect(Collectors.joining(", ")));
        out.println("  topology   " + product.topology().httpAddress() + "/health/ready, /metrics, /topology");
        out.println("  bridge     " + product.bridge().operations() + "/health/ready, /health/accounts, /metrics");
        out.println("  webhooks   " + webhook(SampleCalls.ACCOUNT) + " with the header Verification-Token: " + token);
        out.println("  data       " + directory.inWords());
    }
}
