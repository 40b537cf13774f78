//! Profiles for pprof, read back by a decoder of its own that knows nothing but the
//! wire format of protocol buffers and the numbers of the fields.

use std::collections::BTreeMap;
use std::io::Read;
use std::time::{Duration, UNIX_EPOCH};

use cdp_heapprofiler::protocol::heap_profiler::{SamplingHeapProfile, StartSampling};
use cdp_heapprofiler::sampling::{read_heapprofile, Pprof, PprofKind, Tree};

const FILES: [&str; 2] = [
    include_str!("profiles/heap-prof.heapprofile"),
    include_str!("profiles/start-heap-profile.heapprofile"),
];

/// The fields of a message, by their number, in their order.
#[derive(Default)]
struct Fields(BTreeMap<u64, Vec<Field>>);

enum Field {
    Number(u64),
    Bytes(Vec<u8>),
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let (first, rest) = bytes.split_first().expect("a number that goes on");
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            break;
        }
    }
    value
}

impl Fields {
    fn decode(mut bytes: &[u8]) -> Self {
        let mut fields = Self::default();
        while !bytes.is_empty() {
            let tag = varint(&mut bytes);
            let field = match tag & 7 {
                0 => Field::Number(varint(&mut bytes)),
                2 => {
                    let length = usize::try_from(varint(&mut bytes)).unwrap();
                    let (field, rest) = bytes.split_at(length);
                    bytes = rest;
                    Field::Bytes(field.to_vec())
                }
                other => panic!("wire type {other}"),
            };
            fields.0.entry(tag >> 3).or_default().push(field);
        }
        fields
    }

    fn all(&self, number: u64) -> &[Field] {
        self.0.get(&number).map_or(&[], Vec::as_slice)
    }

    /// A number; 0 if it is absent, as the format has it.
    fn number(&self, number: u64) -> u64 {
        match self.all(number) {
            [] => 0,
            [Field::Number(value)] => *value,
            _ => panic!("field {number} is not one number"),
        }
    }

    fn bytes<'a>(&'a self, number: u64) -> Vec<&'a [u8]> {
        let bytes = |field: &'a Field| match field {
            Field::Bytes(bytes) => bytes.as_slice(),
            Field::Number(_) => panic!("field {number} is a number"),
        };
        self.all(number).iter().map(bytes).collect()
    }

    fn messages(&self, number: u64) -> Vec<Self> {
        self.bytes(number).into_iter().map(Self::decode).collect()
    }

    fn numbers(&self, number: u64) -> Vec<u64> {
        let mut values = Vec::new();
        for mut packed in self.bytes(number) {
            while !packed.is_empty() {
                values.push(varint(&mut packed));
            }
        }
        values
    }
}

/// A decoded profile.
struct Decoded {
    fields: Fields,
    strings: Vec<String>,
}

impl Decoded {
    fn read(compressed: &[u8]) -> Self {
        let mut bytes = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(compressed);
        decoder.read_to_end(&mut bytes).unwrap();
        let fields = Fields::decode(&bytes);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let strings = fields.bytes(6).into_iter().map(text).collect();
        Self { fields, strings }
    }

    fn string(&self, index: u64) -> &str {
        &self.strings[usize::try_from(index).unwrap()]
    }

    fn value_types(&self, number: u64) -> Vec<(&str, &str)> {
        let types = self.fields.messages(number);
        let named = |each: &Fields| (self.string(each.number(1)), self.string(each.number(2)));
        types.iter().map(named).collect()
    }

    /// Stacks from the root on, as names and places, with their values.
    fn stacks(&self) -> BTreeMap<Vec<String>, Vec<u64>> {
        let by_id = |number| {
            let messages = self.fields.messages(number).into_iter();
            let by_id: BTreeMap<u64, Fields> =
                messages.map(|each| (each.number(1), each)).collect();
            assert!(!by_id.contains_key(&0), "0 is no id");
            by_id
        };
        let (functions, locations, mappings) = (by_id(5), by_id(4), by_id(3));
        let frame = |location: &u64| {
            let location = &locations[location];
            assert!(mappings.contains_key(&location.number(2)));
            let line = &location.messages(4)[0];
            let function = &functions[&line.number(1)];
            assert_eq!(function.number(5), line.number(2), "begins where it is");
            format!(
                "{}@{}:{}:{}",
                self.string(function.number(2)),
                self.string(function.number(4)),
                line.number(2),
                line.number(3)
            )
        };
        let mut stacks = BTreeMap::new();
        for sample in self.fields.messages(2) {
            let stack: Vec<_> = sample.numbers(1).iter().rev().map(frame).collect();
            let values = sample.numbers(2);
            let sums = stacks.entry(stack).or_insert_with(|| vec![0; values.len()]);
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += value;
            }
        }
        stacks
    }
}

fn write(pprof: &Pprof, profile: &SamplingHeapProfile) -> Decoded {
    let mut compressed = Vec::new();
    pprof.write(&Tree::new(profile), &mut compressed).unwrap();
    Decoded::read(&compressed)
}

#[test]
fn stacks_and_values_are_those_of_the_profile() {
    for file in FILES {
        let profile = read_heapprofile(file.as_bytes()).unwrap();
        let decoded = write(&Pprof::new(), &profile);
        let tree = Tree::new(&profile);
        let mut expected = BTreeMap::new();
        for (index, node) in tree.nodes().iter().enumerate() {
            if node.self_size == 0.0 {
                continue;
            }
            let mut stack: Vec<_> = tree
                .stack(index)
                .map(|index| {
                    let frame = tree.nodes()[index].frame;
                    let name = match frame.function_name.as_str() {
                        "" => "(anonymous)",
                        name => name,
                    };
                    let (line, column) = (frame.line_number + 1, frame.column_number + 1);
                    format!("{name}@{}:{line}:{column}", frame.url)
                })
                .collect();
            stack.reverse();
            stack.remove(0);
            let sums = expected.entry(stack).or_insert_with(|| vec![0, 0]);
            sums[0] += node.samples.unwrap();
            sums[1] += node.self_size as u64;
        }
        assert_eq!(decoded.stacks(), expected);
        let total: u64 = expected.values().map(|values| values[1]).sum();
        assert_eq!(total as f64, tree.total_size());
    }
}

#[test]
fn the_string_table_begins_empty_and_has_each_text_once() {
    for file in FILES {
        let profile = read_heapprofile(file.as_bytes()).unwrap();
        let decoded = write(&Pprof::new(), &profile);
        assert_eq!(decoded.strings[0], "");
        let mut strings = decoded.strings.clone();
        strings.sort();
        strings.dedup();
        assert_eq!(strings.len(), decoded.strings.len());
        assert!(strings.iter().any(|text| text == "größe"));
        assert!(strings.iter().any(|text| text == "semi;colon\nline"));
    }
}

#[test]
fn what_was_set_is_told() {
    let profile = read_heapprofile(FILES[0].as_bytes()).unwrap();
    let live = write(&Pprof::new(), &profile);
    assert_eq!(
        live.value_types(1),
        [("samples", "count"), ("inuse_space", "bytes")]
    );
    assert_eq!(live.string(live.fields.number(14)), "inuse_space");
    for absent in [9, 10, 11, 12] {
        assert!(live.fields.all(absent).is_empty(), "{absent}");
    }
    let mapping = &live.fields.messages(3)[0];
    assert_eq!([7, 8, 9].map(|flag| mapping.number(flag)), [1, 1, 1]);

    let settings = StartSampling::new()
        .sampling_interval(16384.0)
        .include_objects_collected_by_major_gc(true)
        .include_objects_collected_by_minor_gc(true);
    let pprof = Pprof::new()
        .settings(&settings)
        .time(UNIX_EPOCH + Duration::from_secs(7))
        .duration(Duration::from_millis(30));
    let all = write(&pprof, &profile);
    assert_eq!(all.value_types(1)[1], ("alloc_space", "bytes"));
    assert_eq!(all.string(all.fields.number(14)), "alloc_space");
    assert_eq!(all.value_types(11), [("space", "bytes")]);
    assert_eq!(
        [12, 9, 10].map(|number| all.fields.number(number)),
        [16384, 7_000_000_000, 30_000_000]
    );

    let pprof = pprof.kind(PprofKind::InUse).interval(512.0);
    let changed = write(&pprof, &profile);
    assert_eq!(changed.value_types(1)[1], ("inuse_space", "bytes"));
    assert_eq!(changed.fields.number(12), 512);
}

#[test]
fn a_profile_without_samples_has_sizes_only() {
    let mut profile = read_heapprofile(FILES[0].as_bytes()).unwrap();
    profile.samples = None;
    // Sizes that no target says, and a root that has allocated something itself.
    profile.head.self_size = 1e300;
    profile.head.children[0].self_size = -1e300;
    let decoded = write(&Pprof::new(), &profile);
    assert_eq!(decoded.value_types(1), [("inuse_space", "bytes")]);
    let root = vec!["(root)@:0:0".to_owned()];
    assert_eq!(decoded.stacks()[&root], [i64::MAX as u64]);
    assert!(decoded.stacks().values().all(|values| values.len() == 1));
}

#[test]
fn equal_profiles_give_equal_files() {
    let profile = read_heapprofile(FILES[0].as_bytes()).unwrap();
    let file = || {
        let mut file = Vec::new();
        Pprof::new().write(&Tree::new(&profile), &mut file).unwrap();
        file
    };
    assert_eq!(file(), file());
}
