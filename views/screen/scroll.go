package screen

// scroll looks for a block of lines that moved up or down and lets the
// terminal move it; p.lines then says what the terminal shows, and update
// mends the rest. Choosing badly costs bytes, never correctness.
func (p *painter) scroll(dst []byte, lines []string) []byte {
	first, last := changed(p.lines, lines)
	var best move
	for k := 1; k < last-first; k++ {
		for _, by := range [2]int{k, -k} {
			if m := gain(p.lines, lines, first, last, by); m.saved > best.saved {
				best = m
			}
		}
	}
	if best.saved < minSaved {
		return dst
	}
	shift(p.lines[best.top:best.bottom], best.by)
	p.x, p.y = -1, -1 // setting the margins homes the cursor
	p.cursor.x = -1   // so it has to be placed again
	dst = csi(dst, 'r', best.top+1, best.bottom)
	if best.by > 0 {
		dst = csi(dst, 'S', best.by)
	} else {
		dst = csi(dst, 'T', -best.by)
	}
	return append(dst, "\x1b[r"...)
}

// minSaved is what a scroll must save in bytes: it costs about twenty.
const minSaved = 64

// move is lines top to bottom (excluded) going up by lines, or down if by is
// negative.
type move struct{ top, bottom, by, saved int }

// changed is the span of lines that differ; last is excluded.
func changed(old, new []string) (first, last int) {
	first, last = 0, len(new)
	for first < last && old[first] == new[first] {
		first++
	}
	for last > first && old[last-1] == new[last-1] {
		last--
	}
	return first, last
}

// gain judges moving lines of [first, last) by lines: the bytes of lines that
// come right, less those of lines that were right and go wrong.
func gain(old, new []string, first, last, by int) move {
	m := move{top: -1, by: by}
	for y := max(first, first-by); y < min(last, last-by); y++ {
		if new[y] == old[y+by] && new[y] != old[y] {
			if m.top < 0 {
				m.top = y
			}
			m.bottom = y + 1
			m.saved += len(new[y])
		}
	}
	if m.top < 0 {
		return m
	}
	if by > 0 {
		m.bottom += by
	} else {
		m.top += by
	}
	for y := m.top; y < m.bottom; y++ {
		if new[y] == old[y] && (y+by < m.top || y+by >= m.bottom || old[y+by] != new[y]) {
			m.saved -= len(new[y])
		}
	}
	return m
}

// shift moves lines as the terminal does, blanks coming in.
func shift(lines []string, by int) {
	if by > 0 {
		copy(lines, lines[by:])
		clear(lines[len(lines)-by:])
		return
	}
	copy(lines[-by:], lines)
	clear(lines[:-by])
}
