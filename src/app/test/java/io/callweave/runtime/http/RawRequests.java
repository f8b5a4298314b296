package io.callweave.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;

/** Requests on a socket that a test holds, without a client that would open others. */
final class RawRequests {

    private RawRequests() {}

    /** Sends a request, and returns the beginning of its answer. */
    static String ask(Socket socket, String path) throws IOException {
        send(socket, path);
        byte[] answer = new byte[1_000];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), US_ASCII);
    }

    static void send(Socket socket, String path) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").getBytes(US_ASCII));
    }
}
