package io.callweave.deliver.post;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Resolves names, and drops addresses that must not be posted to. The client asks it before each connection, also for literal
 * addresses, and connects to what it returns: a name that changes between a check and the connection gains nothing.
 */
final class GuardedResolver implements SocketAddressResolver {

    private final SocketAddressResolver names;
    private final Predicate<InetAddress> permitted;
    private final String refusal;

    /** @param refusal says what is wrong with addresses that are not permitted */
    GuardedResolver(SocketAddressResolver names, Predicate<InetAddress> permitted, String refusal) {
        this.names = names;
        this.permitted = permitted;
        this.refusal = refusal;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> result) {
        names.resolve(host, port, context, new Promise<>() {
            @Override
            public void succeeded(List<InetSocketAddress> found) {
                List<InetSocketAddress> left = found.stream()
                        .filter(each -> permitted.test(each.getAddress()))
                        .toList();
                if (left.isEmpty()) {
                    result.failed(new RefusedAddressException(refusal));
                } else {
                    result.succeeded(left);
                }
            }

            @Override
            public void failed(Throwable failure) {
                result.failed(failure);
            }
        });
    }
}
