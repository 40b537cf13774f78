//! The bytes of a snapshot between the reader of a connection and whoever writes them:
//! in memory as far as allowed, then in a file without a name.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::task::Waker;
#[cfg(feature = "tokio")]
use std::task::{Context, Poll};
#[cfg(any(feature = "blocking", feature = "pipe"))]
use std::time::Instant;

use super::mailbox::{ignore_poison, Wake};
use super::private_file::create_private;
use crate::DecodeError;

/// How much may wait, and where.
#[derive(Clone, Debug)]
pub(crate) struct SpoolLimits {
    /// Bytes in memory.
    pub(crate) memory: usize,
    /// Bytes in the file.
    pub(crate) file: u64,
    /// Where the file is made.
    pub(crate) folder: PathBuf,
}

/// Why bytes were not kept.
#[derive(Debug)]
pub(crate) enum SpoolFailure {
    /// A chunk could not be decoded.
    Chunk(DecodeError),
    /// More than the limit was waiting in the file.
    Full,
    /// The file cannot be made, written or read.
    File(io::Error),
}

/// A queue of bytes. Putting waits for no taker.
#[derive(Debug)]
pub(crate) struct Spool {
    state: Mutex<State>,
    ready: Condvar,
    limits: SpoolLimits,
}

#[derive(Debug, Default)]
struct State {
    /// What comes first.
    memory: Vec<u8>,
    /// What comes after it.
    file: Option<Spill>,
    /// What is on its way into the file.
    piece: Vec<u8>,
    news: bool,
    ended: bool,
    failed: bool,
    failure: Option<SpoolFailure>,
    waker: Option<Waker>,
}

/// What is waiting in the file. The taker has the reader while it reads.
#[derive(Debug)]
struct Spill {
    writer: File,
    reader: Option<File>,
    unread: u64,
}

/// What a taker is given.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Bytes, in its buffer.
    Bytes,
    /// Nothing but a reason to look at something else.
    News,
    /// Nothing more will come.
    End,
}

/// How many bytes are taken out of the file at a time.
const PIECE: usize = 1 << 20;

impl Spool {
    pub(crate) fn new(limits: SpoolLimits) -> Self {
        Self {
            state: Mutex::default(),
            ready: Condvar::new(),
            limits,
        }
    }

    /// Appends what `append` puts behind the bytes of a buffer. After a failure nothing
    /// is kept any more, lest there be a gap.
    pub(crate) fn put(&self, append: impl FnOnce(&mut Vec<u8>) -> Result<(), DecodeError>) -> Wake {
        let mut state = self.lock();
        if state.ended || state.failed {
            return Wake(None);
        }
        if let Err(failure) = state.put(append, &self.limits) {
            state.failed = true;
            state.failure = Some(failure);
        }
        self.wake(state)
    }

    /// Wakes the taker without bytes: there are other news for it.
    pub(crate) fn tell(&self) -> Wake {
        let mut state = self.lock();
        state.news = true;
        self.wake(state)
    }

    /// Says that nothing more will come.
    pub(crate) fn end(&self) -> Wake {
        let mut state = self.lock();
        state.ended = true;
        self.wake(state)
    }

    /// Waits in this thread for bytes, until `end` at the longest; `None` if that was
    /// too short. The buffer is used anew.
    #[cfg(any(feature = "blocking", feature = "pipe"))]
    pub(crate) fn take_until(
        &self,
        buffer: &mut Vec<u8>,
        end: Option<Instant>,
    ) -> Result<Option<Taken>, SpoolFailure> {
        let mut state = self.lock();
        loop {
            if let Some(taken) = self.take(&mut state, buffer) {
                drop(state);
                return self.read(taken, buffer).map(Some);
            }
            state = match end {
                None => ignore_poison(self.ready.wait(state)),
                Some(end) => match end.checked_duration_since(Instant::now()) {
                    None => return Ok(None),
                    Some(left) => ignore_poison(self.ready.wait_timeout(state, left)).0,
                },
            };
        }
    }

    /// Waits in a task for bytes; the last one that asked is woken.
    #[cfg(feature = "tokio")]
    pub(crate) fn poll_take(
        &self,
        buffer: &mut Vec<u8>,
        context: &mut Context<'_>,
    ) -> Poll<Result<Taken, SpoolFailure>> {
        let mut state = self.lock();
        match self.take(&mut state, buffer) {
            Some(taken) => {
                drop(state);
                Poll::Ready(self.read(taken, buffer))
            }
            None => {
                state.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }

    /// What there is for a taker, or `None` if it has to wait.
    fn take(&self, state: &mut State, buffer: &mut Vec<u8>) -> Option<Waiting> {
        buffer.clear();
        if let Some(failure) = state.failure.take() {
            return Some(Waiting::Failure(failure));
        }
        if std::mem::take(&mut state.news) {
            return Some(Waiting::News);
        }
        if !state.memory.is_empty() {
            std::mem::swap(&mut state.memory, buffer);
            return Some(Waiting::Memory);
        }
        if let Some(file) = state.file.as_mut().filter(|file| file.unread > 0) {
            let reader = file.reader.take()?;
            let length = file.unread.min(PIECE as u64) as usize;
            return Some(Waiting::File { reader, length });
        }
        state.ended.then_some(Waiting::End)
    }

    /// Reads what waits in the file. Nobody else waits for that.
    fn read(&self, waiting: Waiting, buffer: &mut Vec<u8>) -> Result<Taken, SpoolFailure> {
        match waiting {
            Waiting::Memory => Ok(Taken::Bytes),
            Waiting::News => Ok(Taken::News),
            Waiting::End => Ok(Taken::End),
            Waiting::Failure(failure) => Err(failure),
            Waiting::File { mut reader, length } => {
                buffer.resize(length, 0);
                reader.read_exact(buffer).map_err(SpoolFailure::File)?;
                self.lock().was_read(reader, length as u64)?;
                Ok(Taken::Bytes)
            }
        }
    }

    fn wake(&self, mut state: MutexGuard<'_, State>) -> Wake {
        let waker = state.waker.take();
        drop(state);
        self.ready.notify_all();
        Wake(waker)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        ignore_poison(self.state.lock())
    }
}

/// What there is for a taker.
enum Waiting {
    Memory,
    File { reader: File, length: usize },
    News,
    End,
    Failure(SpoolFailure),
}

impl State {
    fn put(
        &mut self,
        append: impl FnOnce(&mut Vec<u8>) -> Result<(), DecodeError>,
        limits: &SpoolLimits,
    ) -> Result<(), SpoolFailure> {
        let spilled = self.file.as_ref().is_some_and(|file| file.unread > 0);
        if spilled || self.memory.len() >= limits.memory {
            // What is in memory comes first, and has been taken or is as much as allowed.
            let mut piece = std::mem::take(&mut self.piece);
            piece.clear();
            append(&mut piece).map_err(SpoolFailure::Chunk)?;
            self.spill(&piece, limits)?;
            self.piece = piece;
            return Ok(());
        }
        append(&mut self.memory).map_err(SpoolFailure::Chunk)
    }

    /// Appends to the file.
    fn spill(&mut self, piece: &[u8], limits: &SpoolLimits) -> Result<(), SpoolFailure> {
        let file = match &mut self.file {
            Some(file) => file,
            empty => empty.insert(Spill::new(&limits.folder).map_err(SpoolFailure::File)?),
        };
        let unread = file.unread + piece.len() as u64;
        if unread > limits.file {
            return Err(SpoolFailure::Full);
        }
        file.writer.write_all(piece).map_err(SpoolFailure::File)?;
        file.unread = unread;
        Ok(())
    }

    /// Gives back the reader. A file that is read out begins anew, so that it does not
    /// grow for ever.
    fn was_read(&mut self, mut reader: File, length: u64) -> Result<(), SpoolFailure> {
        if let Some(file) = &mut self.file {
            file.unread -= length;
            if file.unread == 0 {
                let begin = SeekFrom::Start(0);
                file.writer.set_len(0).map_err(SpoolFailure::File)?;
                file.writer.seek(begin).map_err(SpoolFailure::File)?;
                reader.seek(begin).map_err(SpoolFailure::File)?;
            }
            file.reader = Some(reader);
        }
        Ok(())
    }
}

impl Spill {
    /// Makes a file for this user alone, and takes its name away: it ends with the process, whatever happens.
    fn new(folder: &Path) -> io::Result<Self> {
        let (path, writer) = create(folder)?;
        let reader = File::open(&path);
        fs::remove_file(&path)?;
        Ok(Self {
            writer,
            reader: Some(reader?),
            unread: 0,
        })
    }
}

fn create(folder: &Path) -> io::Result<(PathBuf, File)> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    loop {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!(".cdp-spool-{}-{count}", std::process::id()));
        match create_private(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            file => return Ok((path, file?)),
        }
    }
}

#[cfg(all(test, any(feature = "blocking", feature = "pipe")))]
mod tests {
    use super::*;
    use std::thread;

    fn spool(memory: usize, file: u64) -> Spool {
        let folder = std::env::temp_dir();
        Spool::new(SpoolLimits {
            memory,
            file,
            folder,
        })
    }

    fn put(spool: &Spool, bytes: &[u8]) {
        spool
            .put(|buffer| {
                buffer.extend_from_slice(bytes);
                Ok(())
            })
            .now();
    }

    fn rest(spool: &Spool) -> Vec<u8> {
        let (mut all, mut buffer) = (Vec::new(), Vec::new());
        while spool.take_until(&mut buffer, None).unwrap() == Some(Taken::Bytes) {
            all.extend_from_slice(&buffer);
        }
        all
    }

    #[test]
    fn bytes_keep_their_order_through_memory_and_file() {
        for memory in [1, 10, 1000, 1 << 20] {
            let spool = spool(memory, 1 << 30);
            let mut expected = Vec::new();
            let mut taken = Vec::new();
            let mut buffer = Vec::new();
            for round in 0..500_u32 {
                let piece = round.to_le_bytes().repeat(1 + round as usize % 7);
                put(&spool, &piece);
                expected.extend_from_slice(&piece);
                if round % 11 == 0 {
                    spool.take_until(&mut buffer, None).unwrap();
                    taken.extend_from_slice(&buffer);
                }
            }
            spool.end().now();
            taken.extend(rest(&spool));
            assert!(taken == expected, "memory of {memory}");
        }
    }

    /// Numbers as good as random, from a seed.
    struct Random(u64);

    impl Random {
        fn below(&mut self, end: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % end
        }

        fn pause(&mut self) {
            match self.below(20) {
                0 => thread::sleep(std::time::Duration::from_micros(self.below(500))),
                1..=4 => thread::yield_now(),
                _ => {}
            }
        }
    }

    #[test]
    fn bytes_keep_their_order_whatever_the_schedule() {
        for seed in 1..=60_u64 {
            let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let spool = spool(random.below(100_000) as usize, 1 << 30);
            let expected: Vec<u8> = (0..4_000_000 / 7)
                .flat_map(|number: u32| number.to_le_bytes())
                .collect();
            let (mut taken, mut buffer) = (Vec::new(), Vec::new());
            thread::scope(|scope| {
                let mut putting = Random(random.0);
                let (spool, mut rest) = (&spool, &*expected);
                scope.spawn(move || {
                    while !rest.is_empty() {
                        let length = putting.below(50_000).min(rest.len() as u64) as usize;
                        put(spool, &rest[..length]);
                        rest = &rest[length..];
                        putting.pause();
                    }
                    spool.end().now();
                });
                // A slow start fills the file.
                thread::sleep(std::time::Duration::from_micros(random.below(5000)));
                while spool.take_until(&mut buffer, None).unwrap() != Some(Taken::End) {
                    taken.extend_from_slice(&buffer);
                    random.pause();
                }
            });
            assert!(taken == expected, "seed {seed}");
        }
    }

    #[test]
    fn the_one_who_puts_waits_for_nobody() {
        let spool = spool(1 << 16, 1 << 30);
        for _ in 0..200 {
            put(&spool, &[7; 100_000]);
        }
        spool.end().now();
        assert_eq!(rest(&spool).len(), 20_000_000);
    }

    #[test]
    fn a_full_file_is_a_failure_and_not_a_gap() {
        let spool = spool(10, 100);
        for _ in 0..20 {
            put(&spool, &[1; 10]);
        }
        spool.end().now();
        let mut buffer = Vec::new();
        let failure = spool.take_until(&mut buffer, None).unwrap_err();
        assert!(matches!(failure, SpoolFailure::Full));
    }

    #[test]
    fn a_file_that_cannot_be_made_is_a_failure() {
        let folder = PathBuf::from("/no/such/folder");
        let limits = SpoolLimits {
            memory: 0,
            file: 100,
            folder,
        };
        let spool = Spool::new(limits);
        put(&spool, b"x");
        let failure = spool.take_until(&mut Vec::new(), None).unwrap_err();
        assert!(matches!(failure, SpoolFailure::File(_)), "{failure:?}");
    }

    #[test]
    fn a_taker_is_woken() {
        let spool = spool(10, 1000);
        thread::scope(|scope| {
            let taker = scope.spawn(|| rest(&spool));
            for byte in 0..100 {
                put(&spool, &[byte]);
                thread::yield_now();
            }
            spool.end().now();
            assert_eq!(taker.join().unwrap(), (0..100).collect::<Vec<u8>>());
        });
    }
}
