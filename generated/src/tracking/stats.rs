//! The numbers of a `heapStatsUpdate`, which come in a flat list.

use std::error::Error;
use std::fmt;

use crate::protocol::heap_profiler::HeapStatsUpdateEvent;

/// What a target tells of a fragment: how much of it is alive now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FragmentUpdate {
    /// The number of the fragment, from 0 in the order of time.
    pub index: u32,
    /// How many objects.
    pub count: u64,
    /// Their size in bytes.
    pub size: u64,
}

impl FragmentUpdate {
    /// Reads all updates of an event.
    ///
    /// V8 counts without signs in 32 bits and sends them as if they had one: a negative
    /// number stands for one of 2^31 and more.
    ///
    /// # Errors
    /// If the numbers are no triples, or one of them is out of range.
    pub fn read_all(event: &HeapStatsUpdateEvent) -> Result<Vec<Self>, StatsError> {
        let numbers = &event.stats_update;
        if numbers.len() % 3 != 0 {
            return Err(StatsError::Length(numbers.len()));
        }
        let triples = numbers.chunks_exact(3).enumerate();
        triples
            .map(|(triple, numbers)| Self::read(numbers).ok_or(StatsError::Range { triple }))
            .collect()
    }

    fn read(numbers: &[i64]) -> Option<Self> {
        match numbers {
            [index, count, size] => Some(Self {
                index: u32::try_from(unsigned(*index)?).ok()?,
                count: unsigned(*count)?,
                size: unsigned(*size)?,
            }),
            _ => None,
        }
    }
}

/// The number that was meant.
fn unsigned(number: i64) -> Option<u64> {
    match u64::try_from(number) {
        Ok(number) => Some(number),
        Err(_) => i32::try_from(number)
            .ok()
            .map(|number| u64::from(number as u32)),
    }
}

/// Why the numbers of a `heapStatsUpdate` cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatsError {
    /// There are so many numbers, which is no multiple of three.
    Length(usize),
    /// A number is below -2^31, or an index above 2^32 - 1.
    #[non_exhaustive]
    Range {
        /// Which of the triples it is in, from 0.
        triple: usize,
    },
}

impl fmt::Display for StatsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(length) => {
                write!(
                    f,
                    "`statsUpdate` has {length} numbers, which are no triples"
                )
            }
            Self::Range { triple } => {
                write!(
                    f,
                    "`statsUpdate` has a number out of range in its triple {triple}"
                )
            }
        }
    }
}

impl Error for StatsError {}
