package io.callweave.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The bridge that notifications are posted to. */
final class WebhookOptions {

    @Option(names = "--url", paramLabel = "URL", description = "Post the notifications to this webhook of a bridge.")
    private @Nullable URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The verification token that the bridge of --url knows.")
    private @Nullable String token;

    /** Null if they go elsewhere. */
    @Nullable
    URI url() {
        return url;
    }

    @Nullable
    String token() {
        return token;
    }

    /** Refuses what cannot be a webhook. */
    void check(@Nullable CommandSpec spec) {
        if (token != null && url == null) {
            throw WrongUsage.of(spec, "--token belongs to --url, which is not given.");
        }
        if (url != null
                && (url.getHost() == null || !String.valueOf(url.getScheme()).startsWith("http"))) {
            throw WrongUsage.of(
                    spec, "--url is \"" + url + "\"; it must be like http://127.0.0.1:8081/webhooks/809646016.");
        }
    }
}
