//! Which addresses may be asked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Url;

/// Longer ones are no addresses of feeds, and rules for robots are matched against them.
const MAX_CHARS: usize = 2_048;

/// An address that could be asked, as far as it can be told without resolving its name.
///
/// # Errors
/// What was found, and what was expected.
pub fn checked(text: &str) -> Result<Url, String> {
    let wrong = |found: &str| format!("found {found}, expected an address such as https://example.org/feed.xml");
    if text.len() > MAX_CHARS {
        return Err(wrong(&format!("an address of more than {MAX_CHARS} characters")));
    }
    let mut url = Url::parse(text).map_err(|e| wrong(&format!("«{text}» ({e})")))?;
    if !["http", "https"].contains(&url.scheme()) {
        return Err(wrong(&format!("the scheme «{}»", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("a name or password in the address, which would be shown wherever it is listed"));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("no host"));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Whether an address belongs to the open internet: neither to this machine, nor to the networks around it, nor to a purpose of its own.
///
/// The blocks are those of the IANA registries for special purposes (RFC 6890 and what followed).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// First address and length of the blocks that are not for everybody.
const SPECIAL_V4: [([u8; 4], u32); 18] = [
    // This network, and this machine to many systems.
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    // Shared by customers of a provider (CGNAT); a cloud's metadata at 100.100.100.200.
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    // Link-local; the metadata of most clouds at 169.254.169.254.
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    // Protocols, and a cloud's metadata at 192.0.0.192.
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 52, 193, 0], 24),
    // Relays from IPv6, given up.
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    // A cloud's own services for its machines.
    ([168, 63, 129, 16], 32),
    // Multicast; reserved, and broadcast.
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !SPECIAL_V4.iter().any(|(first, length)| (bits ^ Ipv4Addr::from(*first).to_bits()).leading_zeros() >= *length)
}

/// Blocks within `2000::/3` that are not for everybody; outside of it nothing is.
const SPECIAL_V6: [(u32, u32); 4] = [
    // Protocols, Teredo among them, which carries an IPv4 address.
    (0x2001_0000, 23),
    // For examples.
    (0x2001_0DB8, 32),
    (0x3FFF_0000, 20),
    // 6to4: an IPv4 address inside, relays given up.
    (0x2002_0000, 16),
];

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let bits = address.to_bits();
    // What a network without IPv4 writes for an IPv4 address (NAT64).
    if bits >> 32 == 0x0064_FF9B << 64 {
        return is_public_v4(Ipv4Addr::from_bits(bits as u32));
    }
    let first = (bits >> 96) as u32;
    let lies_in = |block: u32, length: u32| (first ^ block).leading_zeros() >= length;
    lies_in(0x2000_0000, 3) && !SPECIAL_V6.iter().any(|(block, length)| lies_in(*block, *length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_internet_is_public() {
        let public = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001:80b::200e",
            "2001:4860:4860::8888",
            "64:ff9b::101:101",
            "::ffff:1.1.1.1",
            "168.63.129.15",
        ];
        let refused = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.168.1.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
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
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "3fff::1",
            "5f00::1",
            "::ffff:0:127.0.0.1",
        ];
        for address in public {
            assert!(is_public(address.parse().unwrap()), "{address} is public");
        }
        for address in refused {
            assert!(!is_public(address.parse().unwrap()), "{address} is not public");
        }
    }

    #[test]
    fn an_address_is_of_the_web_and_names_nobody() {
        assert_eq!(checked("https://example.org/a b#c").unwrap().as_str(), "https://example.org/a%20b");
        // Ways to write 127.0.0.1 that a comparison of texts would let through are the same address after parsing.
        for written in ["http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/"] {
            assert_eq!(checked(written).unwrap().host_str(), Some("127.0.0.1"), "{written}");
        }
        let long = format!("http://a/{}", "x".repeat(MAX_CHARS));
        for wrong in
            ["file:///etc/passwd", "ftp://example.org/", "gopher://a/", "http://", "example.org", "http://u:p@example.org/", &long, ""]
        {
            assert!(checked(wrong).is_err(), "{wrong}");
        }
    }
}
