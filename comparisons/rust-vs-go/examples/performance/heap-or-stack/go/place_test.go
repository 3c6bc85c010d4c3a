package place

import (
	"bytes"
	"testing"
)

// region: test
var kept *Point

func TestAllocations(t *testing.T) {
	content := []byte{0, 0, 1, 0}
	frame := bytes.NewReader(content)
	read := func(length func() (uint32, error)) func() {
		return func() {
			frame.Reset(content)
			if n, err := length(); n != 256 || err != nil {
				t.Errorf("length = %d, %v; want 256", n, err)
			}
		}
	}
	four := 4
	for _, test := range []struct {
		name string
		work func()
		want float64
	}{
		{"buffer for any reader", read(func() (uint32, error) { return Length(frame) }), 1},
		{"buffer for a known type", read(func() (uint32, error) { return LengthInMemory(frame) }), 0},
		{"slice of 32 bytes", func() { SumOfSquares(four) }, 0},
		{"slice of 40 bytes", func() { SumOfSquares(four + 1) }, 1},
		{"pointer that is kept", func() { kept = NewPoint(1, 2) }, 1},
		{"pointer that is not", func() { _ = NewPoint(1, 2).X }, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := testing.AllocsPerRun(100, test.work); got != test.want {
				t.Errorf("%v allocations; want %v", got, test.want)
			}
		})
	}
}

// endregion
