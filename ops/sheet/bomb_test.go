package sheet

import (
	"bufio"
	"encoding/csv"
	"io"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-vcard"
)

// bomb repeats a piece up to a size that no test could hold, and keeps watch
// on the heap while it is read.
type bomb struct {
	begin, piece string
	size, read   int64
	peak, next   int64
}

func (b *bomb) Read(p []byte) (int, error) {
	if b.read >= b.size {
		return 0, io.EOF
	}
	n := 0
	if b.read == 0 {
		n = copy(p, b.begin)
	}
	for n < len(p) && b.read+int64(n) < b.size {
		at := (b.read + int64(n) - int64(len(b.begin))) % int64(len(b.piece))
		n += copy(p[n:min(int64(len(p)), b.size-b.read)], b.piece[at:])
	}
	if b.read += int64(n); b.read >= b.next {
		b.next = b.read + 1<<20
		b.peak = max(b.peak, heap())
	}
	return n, nil
}

func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func cpu(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

const (
	mib      = int64(1) << 20
	most     = 64 * mib / slower // the default, but for the race detector
	mostHeap = 100 << 20
	mostCPU  = 2 * time.Second * slower
)

// defuse runs read over the bomb and holds it to time and memory. CPU time is
// what counts, so that a busy machine makes no difference.
func defuse(t *testing.T, b *bomb, read func(io.Reader)) {
	t.Helper()
	b.piece = strings.Repeat(b.piece, 1+8192/len(b.piece))
	runtime.GC()
	base, start := heap(), cpu(t)
	read(b)
	b.peak = max(b.peak, heap())
	used, took := b.peak-base, cpu(t)-start
	t.Logf("read %d MiB, heap +%d KiB, %v CPU", b.read>>20, used>>10, took.Round(time.Millisecond))
	if used > mostHeap || took > mostCPU {
		t.Errorf("took %d MiB and %v", used>>20, took)
	}
}

func TestBombs(t *testing.T) {
	tests := []struct {
		name   string
		bomb   bomb
		limits Limits
		bad    int    // rows refused
		want   string // the end of the file, "" for a good one
		most   int64  // MiB read
	}{
		{"20 MiB of commas", bomb{begin: "a,b\n", piece: ",", size: 20 * mib}, Limits{}, 1, "", 20},
		{"rows of a million characters", bomb{begin: "a,b\n", piece: strings.Repeat("x", 1_000_000) + "\n", size: 8*1_000_001 + 4}, Limits{}, 8, "", 8},
		{"1 GB of rows", bomb{piece: strings.Repeat("voornaam,achternaam,", 10) + "\n", size: 1 << 30}, Limits{Bytes: most}, 0, "larger than", most/mib + 1},
		{"1 GB of short rows", bomb{piece: "a,b,c\n", size: 1 << 30}, Limits{}, 0, "more than 1000000 rows", 7},
		{"1 GB of blank lines", bomb{begin: "a,b\n", piece: "\n", size: 1 << 30}, Limits{}, 0, "more than 1000000 rows", 2},
		{"100 MB behind a quote", bomb{begin: "a,b\n1,\"", piece: "x\n", size: 100 << 20}, Limits{}, 0, "opened in line 2 is never closed", 2},
		{"quotes and quotes", bomb{begin: "a,b\n", piece: "\"\"\"", size: 8 * mib}, Limits{}, 1, "", 8},
		{"8 MiB of NUL", bomb{begin: strings.Repeat("a,b\n", 2000), piece: "\x00", size: 8 * mib}, Limits{}, 1, "", 8},
		{"1 GB of UTF-16", bomb{begin: "\xff\xfe", piece: "a\x00,\x00", size: 1 << 30}, Limits{Bytes: 8 * mib}, 0, "larger than 8 MiB", 9},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var err error
			var bad int
			defuse(t, &tt.bomb, func(r io.Reader) { bad, err = count(r, tt.limits) })
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("ended with %v", err)
			}
			if bad != tt.bad {
				t.Errorf("%d rows refused", bad)
			}
			if tt.bomb.read > tt.most*mib {
				t.Errorf("read %d MiB", tt.bomb.read>>20)
			}
		})
	}
}

// count reads to the end, keeping nothing.
func count(r io.Reader, limits Limits) (bad int, err error) {
	sheet, err := Open(r, limits)
	for err == nil {
		if _, err = sheet.Next(); isRowError(err) {
			bad, err = bad+1, nil
		}
	}
	if err == io.EOF {
		err = nil
	}
	return bad, err
}

func isRowError(err error) bool {
	_, ok := err.(*RowError)
	return ok
}

// The control: without our limits the same rows do grow. encoding/csv holds 60
// times what it reads, so a tenth of the bomb is enough to show it.
func TestBombs_Control(t *testing.T) {
	b := &bomb{begin: "a,b\n", piece: strings.Repeat(",", 8192), size: 2 * mib}
	runtime.GC()
	base := heap()
	r := csv.NewReader(b)
	r.FieldsPerRecord = -1
	var cells []string
	for err := error(nil); err == nil; {
		if row, e := r.Read(); e == nil {
			cells = row
		} else {
			err = e
		}
	}
	used := heap() - base
	t.Logf("2 MiB of commas: encoding/csv holds %d MiB in %d cells", used>>20, len(cells))
	if used < 20<<20 {
		t.Error("encoding/csv no longer grows: the parser of our own may go")
	}
	runtime.KeepAlive(cells)
}

func TestBombs_VCard(t *testing.T) {
	card := "BEGIN:VCARD\r\nVERSION:4.0\r\n"
	tests := []struct {
		name string
		bomb bomb
		want string
	}{
		{"one folded line", bomb{begin: card + "NOTE:", piece: "\r\n x", size: 2 * mib}, "no end"},
		{"one long line", bomb{begin: card + "NOTE:", piece: "x", size: 6 * mib}, "no end"},
		{"many lines", bomb{begin: card, piece: "TEL:1\r\n", size: 6 * mib}, "no end"},
		{"many notes in many cards", bomb{piece: card + strings.Repeat("NOTE:a\r\n", 30_000) + "END:VCARD\r\n", size: 6 * mib}, "no end"},
		{"1 GB of cards", bomb{piece: card + "NOTE:" + strings.Repeat("x", 1000) + "\r\nEND:VCARD\r\n", size: 1 << 30}, "larger than"},
		{"parameters", bomb{piece: card + "TEL;" + strings.Repeat("TYPE=a,b,c;", 5000) + "X=y:1\r\nEND:VCARD\r\n", size: 2 * mib}, "no end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var err error
			defuse(t, &tt.bomb, func(r io.Reader) { err = countCards(r) })
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

func countCards(r io.Reader) error {
	cards, err := OpenVCards(r, Limits{Bytes: most})
	for err == nil {
		if _, _, err = cards.Next(); isRowError(err) {
			err = nil
		}
	}
	return err
}

// The control: go-vcard alone needs four times as long for twice the line.
func TestBombs_VCardControl(t *testing.T) {
	took := func(lines int) time.Duration {
		start := cpu(t)
		in := "BEGIN:VCARD\r\nVERSION:4.0\r\nNOTE:" + strings.Repeat("\r\n x", lines) + "\r\nEND:VCARD\r\n"
		if _, err := vcard.NewDecoder(bufio.NewReader(strings.NewReader(in))).Decode(); err != nil {
			t.Fatal(err)
		}
		return cpu(t) - start
	}
	short, long := took(10_000), took(40_000)
	t.Logf("folded in 10,000 lines %v, in 40,000 lines %v", short, long)
	if long < 8*short {
		t.Error("go-vcard is no longer quadratic: unfolding of our own may go")
	}
}
