package io.callweave.bridge.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes over a connection of its own and tells every byte of what comes back. */
final class RawHttp {

    private RawHttp() {}

    /**
     * A response.
     *
     * @param bytes of all of it, headers included
     */
    record Reply(int status, Map<String, String> headers, String body, int bytes) {}

    static Reply post(String address, String path, String body, String... headers) throws IOException {
        return request(address, "POST", path, body.getBytes(UTF_8), headers);
    }

    static Reply request(String address, String method, String path, byte[] body, String... headers)
            throws IOException {
        StringBuilder head =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: bridge\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
        request.writeBytes(body);
        return send(address, request.toByteArray());
    }

    static Reply send(String address, byte[] request) throws IOException {
        try (Socket socket = connect(address)) {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return parse(readAll(socket));
        }
    }

    static Socket connect(String address) throws IOException {
        URI uri = URI.create(address);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** From another address of this machine. */
    static Socket connectFrom(String from, String address) throws IOException {
        URI uri = URI.create(address);
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.setSoTimeout(60_000);
        return socket;
    }

    static byte[] readAll(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.write(buffer, 0, read);
            }
        } catch (SocketException reset) {
            // What came before it counts.
        }
        return all.toByteArray();
    }

    static Reply parse(byte[] reply) {
        String text = new String(reply, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("No response: \"" + text + "\"");
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n", -1));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        lines.subList(1, lines.size()).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return new Reply(
                Integer.parseInt(lines.get(0).split(" ", 3)[1]), headers, text.substring(end + 4), reply.length);
    }
}
