//! Where an upright rectangle may start from: the largest rectangle of the cells of a grid that no edge crosses.

use crate::spatial::rectangle_search::Frame;
use crate::spatial::rectangle_search::Span;

/// Cells on each side of the grid, whose cells take the proportions of the area's box.
const CELLS: usize = 64;

/// The largest rectangle of cells inside the area; `None` when no cell is wholly inside.
pub(crate) fn largest_free(frame: &Frame) -> Option<Span> {
    let bounds = frame.bounds();
    let (cell_x, cell_y) =
        ((bounds.x1 - bounds.x0) / CELLS as f64, (bounds.y1 - bounds.y0) / CELLS as f64);
    if !(cell_x > 0.0 && cell_y > 0.0) {
        return None;
    }
    let free = free_cells(frame, &bounds, cell_x, cell_y);
    let (columns, rows) = largest_block(&free, cell_x * cell_y)?;
    Some(Span {
        x0: bounds.x0 + columns.0 as f64 * cell_x,
        x1: bounds.x0 + columns.1 as f64 * cell_x,
        y0: bounds.y0 + rows.0 as f64 * cell_y,
        y1: bounds.y0 + rows.1 as f64 * cell_y,
    })
}

/// Rows of cells: true where no edge passes and the middle is inside.
fn free_cells(frame: &Frame, bounds: &Span, cell_x: f64, cell_y: f64) -> Vec<[bool; CELLS]> {
    let mut crossed = vec![[false; CELLS]; CELLS];
    // Crossings to the right of each middle of a cell, added up from the right.
    let mut turns = vec![[0_i32; CELLS + 1]; CELLS];
    let cell = |v: f64| v.floor().clamp(0.0, (CELLS - 1) as f64) as usize;
    for (from, to) in frame.edges() {
        let (x1, y1) = ((from.x - bounds.x0) / cell_x, (from.y - bounds.y0) / cell_y);
        let (x2, y2) = ((to.x - bounds.x0) / cell_x, (to.y - bounds.y0) / cell_y);
        let (low, high) = (y1.min(y2), y1.max(y2));
        let at = |y: f64| if high > low { x1 + (y - y1) / (y2 - y1) * (x2 - x1) } else { x1 };
        for (row, crossed) in crossed.iter_mut().enumerate().take(cell(high) + 1).skip(cell(low)) {
            let (bottom, top) = ((row as f64).max(low), (row as f64 + 1.0).min(high));
            let level = high <= low;
            let (a, b) = if level { (x1, x2) } else { (at(bottom), at(top.max(bottom))) };
            // An edge on the side of a cell does not enter it.
            let (left, right) = (a.min(b) + 1e-9, a.max(b) - 1e-9);
            let on_side = level && (y1 - y1.round()).abs() < 1e-9;
            let thin = !level && (right < left) && (a - a.round()).abs() < 1e-9;
            let short = !level && top - bottom < 1e-9;
            if !on_side && !thin && !short {
                crossed[cell(left.min(right))..=cell(right.max(left))].fill(true);
            }
            let middle = row as f64 + 0.5;
            if (y1 <= middle) != (y2 <= middle) {
                let passed = (at(middle) - 0.5).ceil().clamp(0.0, CELLS as f64) as usize;
                turns[row][passed] += if y2 > y1 { 1 } else { -1 };
            }
        }
    }
    for (crossed, turns) in crossed.iter_mut().zip(&turns) {
        // Shells go up on the right of what they hold.
        let mut winding = 0;
        for column in (0..CELLS).rev() {
            winding += turns[column + 1];
            crossed[column] = !crossed[column] && winding > 0;
        }
    }
    crossed
}

/// The columns and rows, ends excluded, of the largest block of free cells: the largest rectangle under a histogram,
/// row after row.
fn largest_block(free: &[[bool; CELLS]], cell_m2: f64) -> Option<((usize, usize), (usize, usize))> {
    let mut heights = [0_usize; CELLS + 1];
    let mut best = None;
    let mut most = 0;
    let mut stack: Vec<(usize, usize)> = Vec::with_capacity(CELLS + 1);
    for (row, cells) in free.iter().enumerate() {
        for (height, cell) in heights.iter_mut().zip(cells) {
            *height = if *cell { *height + 1 } else { 0 };
        }
        stack.clear();
        for (column, height) in heights.iter().enumerate() {
            let mut start = column;
            while let Some((left, tall)) = stack.last().copied()
                && tall >= *height
            {
                stack.pop();
                start = left;
                let cells = tall * (column - left);
                if cells > most {
                    most = cells;
                    best = Some(((left, column), (row + 1 - tall, row + 1)));
                }
            }
            stack.push((start, *height));
        }
    }
    best.filter(|_| most as f64 * cell_m2 > 0.0)
}
