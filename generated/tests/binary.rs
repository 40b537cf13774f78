//! Bytes as base64: to the letter as they came, and the bytes that others would read.

use cdp_heapprofiler::wire::Binary;
use cdp_heapprofiler::{decode, encode};

/// From RFC 4648.
const KNOWN: [(&[u8], &str); 9] = [
    (b"", ""),
    (b"f", "Zg=="),
    (b"fo", "Zm8="),
    (b"foo", "Zm9v"),
    (b"foob", "Zm9vYg=="),
    (b"fooba", "Zm9vYmE="),
    (b"foobar", "Zm9vYmFy"),
    (b"\xff\xff\xff", "////"),
    (b"\xfb\xef\xbe", "++++"),
];

#[test]
fn known_bytes_both_ways() {
    for (bytes, text) in KNOWN {
        assert_eq!(Binary::from_bytes(bytes).as_base64(), text);
        assert_eq!(Binary::from_base64(text).to_bytes().as_deref(), Ok(bytes));
    }
}

#[test]
fn all_bytes_at_all_offsets_come_back() {
    let all: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
    for start in 0..4 {
        for end in [start, start + 1, start + 2, start + 3, all.len()] {
            let bytes = &all[start..end];
            let binary = Binary::from_bytes(bytes);
            assert_eq!(binary.as_base64().len() % 4, 0);
            assert_eq!(binary.to_bytes().as_deref(), Ok(bytes));
        }
    }
}

#[test]
fn what_is_no_base64_is_said_to_be_none_and_where() {
    for (text, at) in [
        ("Z", 1),
        ("Zg", 2),
        ("Zg=", 3),
        ("Zm9vY", 5),
        ("=", 1),
        ("====", 0),
        ("Z===", 1),
        ("Zg==Zg==", 2),
        ("Zm9v\n", 5),
        ("Zm 9", 2),
        ("Zm-v", 2),
        ("Zm_v", 2),
        ("Zmé=", 2),
        // Bits beyond the last byte.
        ("Zh==", 1),
        ("Zm9=", 2),
    ] {
        let error = Binary::from_base64(text).to_bytes().expect_err(text);
        assert_eq!(error.at, at, "{text}");
        assert_eq!(error.to_string(), format!("not base64 from byte {at} on"));
    }
}

/// Whatever it is, it goes out as it came in.
#[test]
fn the_text_comes_through_undecoded() {
    for json in [r#""aGVhcA==""#, r#""no base64, ""#, r#""""#] {
        let binary: Binary = decode(json).expect(json);
        assert_eq!(encode(&binary).expect(json), json);
        let plain: Binary = serde_json::from_str(json).expect(json);
        assert_eq!(plain, binary);
        assert_eq!(format!("\"{}\"", plain.into_base64()), json);
    }
    assert!(decode::<Binary>("7").is_err());
    assert!(decode::<Binary>("null").is_err());
}
