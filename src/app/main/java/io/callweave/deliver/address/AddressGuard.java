package io.callweave.deliver.address;

import io.callweave.settings.value.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells which addresses may be posted to: public ones, and those that the operator allows. A subscriber's address must not reach
 * services of the network that the deliverer runs in.
 *
 * <p>Of IPv4, everything is public that the registry of special addresses (IANA, RFC 6890) does not list. Of IPv6, it is the
 * range from which global addresses are given (2000::/3), without the special ranges in it. An address that carries an IPv4
 * address is judged by that.
 */
public final class AddressGuard {

    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT, and the metadata service of Alibaba
            "127.0.0.0/8", // loopback
            "168.63.129.16", // services of Azure
            "169.254.0.0/16", // link-local, and the metadata service of most clouds
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments, and the metadata service of Oracle
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // sinks for names of private addresses (AS112)
            "192.52.193.0/24", // multicast tunnels (AMT)
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112, too
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // protocol assignments, Teredo
            "2001:db8::/32", // documentation
            "2620:4f:8000::/48", // AS112
            "3fff::/20"); // documentation

    private static final Network GLOBAL = network("2000::/3");
    private static final Network NAT64 = network("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = network("2002::/16");
    private static final int NAT64_OFFSET = 12;
    private static final int SIX_TO_FOUR_OFFSET = 2;
    private static final int IPV4_LENGTH = 4;

    private final List<Network> allowed;

    /** @param allowed networks that may be posted to although they are not public */
    public AddressGuard(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Whether a connection may be made. */
    public boolean permits(InetAddress address) {
        return isAllowed(address) || isPublic(address);
    }

    /** Whether the operator named it; only there can be posted without TLS. */
    public boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address));
    }

    static boolean isPublic(InetAddress address) {
        if (SPECIAL.stream().anyMatch(network -> network.contains(address))) {
            return false;
        }
        if (address instanceof Inet4Address) {
            return true;
        }
        if (NAT64.contains(address)) {
            return isPublic(embedded(address, NAT64_OFFSET));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(embedded(address, SIX_TO_FOUR_OFFSET));
        }
        return GLOBAL.contains(address);
    }

    private static InetAddress embedded(InetAddress address, int offset) {
        byte[] bytes = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + IPV4_LENGTH));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(AddressGuard::network).toList();
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow();
    }
}
