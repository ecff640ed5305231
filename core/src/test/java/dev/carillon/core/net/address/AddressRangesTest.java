package dev.carillon.core.net.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.255",
                "192.0.2.255",
                "192.88.99.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.0",
                "203.0.113.255",
                "224.0.0.0",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::8.8.8.8",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::",
                "2001::1",
                "2001:1ff:ffff::1",
                "2001:db8::",
                "2001:db8:ffff::1",
                "2002:808:808::1",
                "3ffe::1",
                "3fff::1",
                "3fff:fff::1",
                "4000::",
                "5f00::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ffff::1"
            })
    void anAddressOfASpecialBlockIsNotPublic(String address) {
        assertThat(AddressRanges.IANA.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "2000::1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2001:db7:ffff::1",
                "2001:db9::1",
                "2003::1",
                "2606:4700::1111",
                "2a00:1450::1",
                "3fff:1000::1"
            })
    void itsNeighboursArePublic(String address) {
        assertThat(AddressRanges.IANA.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }
}
