package io.callweave.cli.common;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The bridge that notifications are posted to. */
public final class WebhookOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = WebhookUrl.class,
            description = "Post the notifications to this webhook of a bridge.")
    private @Nullable URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The verification token that the bridge of --url knows.")
    private @Nullable String token;

    /** Null if they go elsewhere. */
    @Nullable
    public URI url() {
        return url;
    }

    @Nullable
    public String token() {
        return token;
    }

    /** Refuses what cannot be a webhook. */
    public void check(CommandSpec spec) {
        if (token != null && url == null) {
            throw WrongUsage.of(spec, "--token belongs to --url, which is not given.");
        }
    }
}
