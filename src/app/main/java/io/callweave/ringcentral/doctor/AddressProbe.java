package io.callweave.ringcentral.doctor;

import io.callweave.runtime.http.TlsFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Asks an address what RingCentral asks it before a subscription: to repeat a token, within 3 s, in at most 1,024 bytes
 * (RingCentral's page "Creating Webhooks"). It asks from here, so RingCentral can still be kept out by a firewall.
 */
public final class AddressProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 1_024;
    private static final int OK = 200;
    private static final String HEADER = "Validation-Token";

    private AddressProbe() {}

    public static Finding of(HttpClient http, URI address) throws InterruptedException {
        if (!"https".equals(address.getScheme())) {
            return Finding.problem(
                    "The address " + address + " does not begin with https, which RingCentral wants.",
                    "Use a proxy with a certificate, or bridge.tls-certificate.");
        }
        return ask(http, address);
    }

    static Finding ask(HttpClient http, URI address) throws InterruptedException {
        String token = UUID.randomUUID().toString();
        try {
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(address)
                            .timeout(TIMEOUT)
                            .header(HEADER, token)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return judge(address, token, answer, body.readNBytes(MOST_BYTES + 1).length);
            }
        } catch (HttpTimeoutException e) {
            return unreachable(address, "did not answer within 3 s");
        } catch (SSLHandshakeException e) {
            return unreachable(
                    address,
                    TlsFailure.isOfCertificate(e)
                            ? "has a TLS certificate that is not accepted"
                            : "has no protocol or cipher of TLS in common with this machine");
        } catch (SSLException e) {
            return unreachable(address, "does not answer with TLS");
        } catch (ConnectException e) {
            return unreachable(address, "cannot be reached from here");
        } catch (IOException e) {
            return unreachable(address, "breaks off the connection instead of an answer");
        }
    }

    private static Finding judge(URI address, String token, HttpResponse<?> answer, int bodyBytes) {
        if (answer.statusCode() != OK) {
            return Finding.problem(
                    "The address " + address + " answers with status " + answer.statusCode() + ", not 200.",
                    answer.statusCode() == 404
                            ? "Compare its path with account.ID.path of the bridge."
                            : "See whether the bridge, or only a proxy before it, answers.");
        }
        if (!token.equals(answer.headers().firstValue(HEADER).orElse(""))) {
            return Finding.problem(
                    "The address " + address + " does not repeat the header Validation-Token.",
                    "A proxy must pass this header in both directions.");
        }
        if (headBytes(answer) + bodyBytes > MOST_BYTES) {
            return Finding.problem(
                    "The address " + address + " answers with more than 1,024 bytes.",
                    "Remove headers that a proxy adds.");
        }
        return Finding.fine("The address " + address + " answers as RingCentral wants.");
    }

    private static long headBytes(HttpResponse<?> answer) {
        return answer.headers().map().entrySet().stream()
                .mapToLong(header -> header.getValue().stream()
                        .mapToLong(value -> header.getKey().length() + value.length() + ": \r\n".length())
                        .sum())
                .sum();
    }

    private static Finding unreachable(URI address, String what) {
        return Finding.problem(
                "The address " + address + " " + what + ".",
                "Check name, certificate, firewall and proxy; RingCentral must reach it from the internet.");
    }
}
