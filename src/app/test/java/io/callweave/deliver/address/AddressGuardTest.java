package io.callweave.deliver.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.settings.value.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.31.196.1",
                "192.52.193.1",
                "192.175.48.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:a9fe:a9fe",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2620:4f:8000::1",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void shouldRefuse(String address) throws UnknownHostException {
        assertThat(guard.permits(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.128.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "2606:4700:4700::1111",
                "2a00:1450:4001:82a::200e"
            })
    void shouldPermit(String address) throws UnknownHostException {
        assertThat(guard.permits(InetAddress.getByName(address))).isTrue();
        assertThat(guard.isAllowed(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "127.1", "0"})
    void shouldRefuseOddSpellingsAsJavaResolvesThem(String host) throws UnknownHostException {
        assertThat(InetAddress.getAllByName(host)).noneMatch(guard::permits);
    }

    @Test
    void shouldPermitWhatTheOperatorAllows() throws UnknownHostException {
        AddressGuard own = new AddressGuard(List.of(
                Network.parse("10.1.0.0/16").orElseThrow(),
                Network.parse("fd12::/16").orElseThrow()));

        assertThat(own.permits(InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(own.permits(InetAddress.getByName("::ffff:10.1.2.3"))).isTrue();
        assertThat(own.permits(InetAddress.getByName("fd12::7"))).isTrue();
        assertThat(own.permits(InetAddress.getByName("10.2.2.3"))).isFalse();
        assertThat(own.permits(InetAddress.getByName("fd13::7"))).isFalse();
    }
}
