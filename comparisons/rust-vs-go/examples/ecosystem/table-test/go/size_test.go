package size

import (
	"errors"
	"strconv"
	"testing"
)

// region: test
func TestParse(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       uint64
	}{
		{"zero", "0", 0},
		{"bytes", "512B", 512},
		{"kibibytes", "64KiB", 65_536},
		{"mebibytes", "2MiB", 2_097_152},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Parse(test.text)
			if err != nil || got != test.want {
				t.Errorf("Parse(%q) = %d, %v; want %d", test.text, got, err, test.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       error
	}{
		{"nothing", "", strconv.ErrSyntax},
		{"unit", "64kb", ErrUnit},
		{"overflow", "99999999999999MiB", ErrTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Parse(test.text); !errors.Is(err, test.want) {
				t.Errorf("Parse(%q) error = %v; want %v", test.text, err, test.want)
			}
		})
	}
}

// endregion
