package netstring

import (
	"bytes"
	"slices"
	"testing"
)

// region: fuzz
func FuzzDecode(f *testing.F) {
	f.Add([]byte("3:abc,"))
	f.Add([]byte("0:,rest"))
	f.Fuzz(func(t *testing.T, input []byte) {
		payload, rest, ok := Decode(input)
		if !ok {
			return
		}
		if again := slices.Concat(Encode(payload), rest); !bytes.Equal(again, input) {
			t.Errorf("%q is decoded as %q", input, again)
		}
	})
}

// endregion
