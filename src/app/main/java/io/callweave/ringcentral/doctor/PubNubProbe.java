package io.callweave.ringcentral.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks PubNub's server what time it is (pubnub.com/docs/sdks/rest-api/get-time): that needs no subscription, and shows
 * whether long polls of channels can reach it from here.
 */
public final class PubNubProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SERVER_ERROR = 500;

    private PubNubProbe() {}

    public static Finding of(HttpClient http, URI server) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(server.resolve("/time/0"))
                            .timeout(TIMEOUT)
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close(); // what it says does not matter, and need not end
            int status = answer.statusCode();
            return status < SERVER_ERROR
                    ? Finding.fine("PubNub's server " + server + " answers.")
                    : unusable(server, "answers with status " + status);
        } catch (IOException e) {
            return unusable(server, "cannot be reached from here");
        }
    }

    private static Finding unusable(URI server, String what) {
        return Finding.problem(
                "PubNub's server " + server + " " + what + ".", "Check ringcentral.pubnub-server, firewall and proxy.");
    }
}
