package io.callweave.runtime.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP whose requests have few lines in their heads, and after their bodies. Jetty makes objects of each line as soon as it is there
 * and keeps them as long as the connection: lines of five bytes take 25 times as much memory.
 */
final class BoundedLines extends HttpConnectionFactory {

    /** RingCentral and a proxy together send about thirty. */
    static final int MOST = 100;

    BoundedLines(HttpConfiguration http) {
        super(http);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new Bounded(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    private static final class Bounded extends HttpConnection {

        /** By the request line. */
        private boolean isHead;

        private Bounded(HttpConfiguration http, Connector connector, EndPoint endPoint) {
            super(http, connector, endPoint);
        }

        @Override
        protected RequestHandler newRequestHandler() {
            return new Counting();
        }

        /** Jetty does not keep the method with a path that is none. */
        @Override
        protected HttpStreamOverHTTP1 newHttpStream(String ofJetty, String uri, HttpVersion version) {
            return super.newHttpStream(isHead ? HttpMethod.HEAD.asString() : ofJetty, uri, version);
        }

        private final class Counting extends RequestHandler {

            private int lines;

            @Override
            public void startRequest(String sent, String uri, HttpVersion version) {
                lines = 0;
                isHead = HttpMethod.HEAD.is(sent);
                super.startRequest(sent, uri, version);
            }

            @Override
            public void parsedHeader(HttpField field) {
                count();
                super.parsedHeader(field);
            }

            @Override
            public boolean headerComplete() {
                lines = 0;
                isHead = false;
                return super.headerComplete();
            }

            @Override
            public void parsedTrailer(HttpField field) {
                count();
                super.parsedTrailer(field);
            }

            /** The parser then reads no more. To Jetty, a request with a whole head has lost its sender: its handler answers. */
            private void count() {
                if (++lines > MOST) {
                    throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
                }
            }
        }
    }
}
