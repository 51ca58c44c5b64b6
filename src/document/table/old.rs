//! Old files of Microsoft's are small file systems: is this one whole, and no larger inside than out?
//!
//! The library that reads their workbooks follows chains of sectors without end and makes room for every cell of the smallest
//! rectangle around those there are, so both are measured before it is called.

/// Sector numbers from here on mean something else.
const RESERVED: u32 = 0xFFFF_FFFA;
const END: u32 = 0xFFFF_FFFE;
/// Numbers of sectors of the table of chains that the header has room for.
const IN_HEADER: usize = 109;
const HEADER_BYTES: usize = 512;
const ENTRY_BYTES: usize = 128;
/// Streams smaller than this lie in the stream of small ones.
const SMALL_STREAM: usize = 4096;
/// Cells of the rectangle of a sheet.
const MOST_CELLS: usize = 4_000_000;
/// Records of a sheet that begin with row and column.
const CELLS: [u16; 8] = [0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
/// Rows of its rectangle, then columns.
const DIMENSIONS: u16 = 0x0200;
/// Ends of sheets, where the count begins anew.
const SHEET_END: u16 = 0x000A;

/// Whether a file is whole enough to be read.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    sound(bytes).is_some()
}

fn sound(bytes: &[u8]) -> Option<()> {
    let shift = u16_at(bytes, 30)?;
    let sector_bytes = match shift {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let count = bytes.len().checked_sub(sector_bytes.min(HEADER_BYTES))?.div_ceil(sector_bytes);
    // The list of sectors that hold the table of chains goes on in sectors of its own.
    let mut table_sectors: Vec<u32> = (0..IN_HEADER).map_while(|at| u32_at(bytes, 76 + 4 * at)).filter(|id| *id < RESERVED).collect();
    let mut next = u32_at(bytes, 68)?;
    for _ in 0..=count {
        if next >= RESERVED {
            break;
        }
        let list = sector(bytes, next, sector_bytes)?;
        let numbers = sector_bytes / 4 - 1;
        table_sectors.extend((0..numbers).map_while(|at| u32_at(list, 4 * at)).filter(|id| *id < RESERVED));
        next = u32_at(list, 4 * numbers)?;
    }
    if next < RESERVED || table_sectors.len() > count {
        return None;
    }
    let mut chains = Vec::new();
    for id in table_sectors {
        let part = sector(bytes, id, sector_bytes)?;
        chains.extend((0..sector_bytes / 4).map_while(|at| u32_at(part, 4 * at)));
    }
    let whole = |first: u32| chain(&chains, first, count);
    let read = |first: u32| {
        let mut stream = Vec::new();
        for id in whole(first)? {
            stream.extend_from_slice(sector(bytes, id, sector_bytes)?);
        }
        Some(stream)
    };
    let directory = read(u32_at(bytes, 48)?)?;
    let small_table = u32_at(bytes, 60)?;
    let small: Vec<u32> =
        if small_table < RESERVED { read(small_table)? } else { Vec::new() }.chunks_exact(4).filter_map(|c| u32_at(c, 0)).collect();
    for (number, entry) in directory.chunks_exact(ENTRY_BYTES).enumerate() {
        let (kind, first, size) = (*entry.get(66)?, u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
        // Of entries only streams have sectors, and the first one: it holds the small streams.
        if !(kind == 2 || number == 0) || first >= RESERVED {
            continue;
        }
        if size < SMALL_STREAM && number > 0 {
            chain(&small, first, small.len())?;
            continue;
        }
        let stream = read(first)?;
        let name: Vec<u16> = entry.chunks_exact(2).take(32).filter_map(|c| u16_at(c, 0)).take_while(|unit| *unit != 0).collect();
        if number > 0 && matches!(String::from_utf16_lossy(&name).as_str(), "Workbook" | "Book") {
            cells_fit(&stream)?;
        }
    }
    Some(())
}

/// The sectors of a chain, if it ends.
fn chain(chains: &[u32], first: u32, most: usize) -> Option<Vec<u32>> {
    let mut sectors = Vec::new();
    let mut next = first;
    while next != END {
        if next >= RESERVED || sectors.len() > most {
            return None;
        }
        sectors.push(next);
        next = *chains.get(next as usize)?;
    }
    Some(sectors)
}

/// Whether the rectangles around the cells of all sheets can be held.
fn cells_fit(workbook: &[u8]) -> Option<()> {
    let (mut rows, mut columns) = (0, 0);
    let mut rest = workbook;
    while let (Some(kind), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let Some(data) = rest.get(4..4 + usize::from(length)) else { break };
        if kind == DIMENSIONS {
            // Rows are told in two bytes by the oldest, in four by the others.
            let is_oldest = data.len() < 14;
            let row = |at: usize| if is_oldest { u16_at(data, 2 * at).map(u32::from) } else { u32_at(data, 4 * at) };
            let column = |at: usize| u16_at(data, if is_oldest { 4 } else { 8 } + 2 * at).map(u32::from);
            let span =
                |first: u32, behind: u32| if behind == 0 && first == 0 { Some(1) } else { behind.checked_sub(first).filter(|n| *n > 0) };
            let (rows, columns) = (span(row(0)?, row(1)?)?, span(column(0)?, column(1)?)?);
            (rows as usize).checked_mul(columns as usize).filter(|cells| *cells <= MOST_CELLS)?;
        }
        if CELLS.contains(&kind) {
            let (row, column) = (u16_at(data, 0)?, u16_at(data, 2)?);
            // A record of several cells goes on to the right.
            let right = usize::from(column) + if kind == 0x00BD { data.len() / 6 } else { 0 };
            (rows, columns) = (rows.max(usize::from(row) + 1), columns.max(right + 1));
            if rows * columns > MOST_CELLS {
                return None;
            }
        }
        if kind == SHEET_END {
            (rows, columns) = (0, 0);
        }
        rest = rest.get(4 + usize::from(length)..)?;
    }
    Some(())
}

fn sector(bytes: &[u8], id: u32, sector_bytes: usize) -> Option<&[u8]> {
    let from = (id as usize + 1).checked_mul(sector_bytes)?;
    bytes.get(from..from + sector_bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
