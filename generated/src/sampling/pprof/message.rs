//! Writing messages of protocol buffers: as much of it as pprof needs.

/// A message that is being written, field by field.
pub(super) struct Message {
    bytes: Vec<u8>,
}

/// A number of variable length.
const VARINT: u64 = 0;
/// Bytes, with their number before them.
const LENGTH_DELIMITED: u64 = 2;

impl Message {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new() }
    }

    /// Writes a number; 0 is what an absent one means, and is left out.
    pub(super) fn number(&mut self, field: u32, value: u64) {
        if value != 0 {
            self.tag(field, VARINT);
            push_varint(&mut self.bytes, value);
        }
    }

    /// Writes a list of numbers, packed.
    pub(super) fn numbers(&mut self, field: u32, values: &[u64]) {
        let mut packed = Vec::new();
        for value in values {
            push_varint(&mut packed, *value);
        }
        self.bytes(field, &packed);
    }

    pub(super) fn bytes(&mut self, field: u32, bytes: &[u8]) {
        self.tag(field, LENGTH_DELIMITED);
        push_varint(&mut self.bytes, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn message(&mut self, field: u32, message: &Message) {
        self.bytes(field, &message.bytes);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn tag(&mut self, field: u32, kind: u64) {
        push_varint(&mut self.bytes, u64::from(field) << 3 | kind);
    }
}

/// Seven bits a byte, the lowest first; all bytes but the last have the highest bit set.
fn push_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length() {
        for (value, expected) in [
            (0, vec![0]),
            (127, vec![127]),
            (128, vec![0x80, 1]),
            (300, vec![0xac, 2]),
            (1 << 32, vec![0x80, 0x80, 0x80, 0x80, 16]),
        ] {
            let mut bytes = Vec::new();
            push_varint(&mut bytes, value);
            assert_eq!(bytes, expected, "{value}");
        }
        let mut bytes = Vec::new();
        push_varint(&mut bytes, u64::MAX);
        assert_eq!((bytes.len(), bytes[9]), (10, 1));
    }

    #[test]
    fn fields_have_their_number_and_kind() {
        let mut inner = Message::new();
        inner.numbers(15, &[0, 128]);
        let mut message = Message::new();
        message.number(1, 0);
        message.number(16, 5);
        message.message(2, &inner);
        let expected = [0x80, 1, 5, 0x12, 5, 0x7a, 3, 0, 0x80, 1];
        assert_eq!(message.into_bytes(), expected);
    }
}
