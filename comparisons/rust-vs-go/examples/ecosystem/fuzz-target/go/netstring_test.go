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
		if payload, rest, ok := Decode(input); ok {
			if again := slices.Concat(Encode(payload), rest); !bytes.Equal(again, input) {
				t.Errorf("%q is decoded as %q", input, again)
			}
		}
		// A decoder that refuses everything would pass so far.
		payload, rest, ok := Decode(Encode(input))
		if !ok || !bytes.Equal(payload, input) || len(rest) > 0 {
			t.Errorf("Decode(Encode(%q)) = %q, %q, %t", input, payload, rest, ok)
		}
	})
}

// endregion
