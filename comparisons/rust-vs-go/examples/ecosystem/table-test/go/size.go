// Package size reads sizes such as 64KiB.
package size

import (
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// region: parser

var (
	// ErrUnit is the error of a unit other than B, KiB and MiB.
	ErrUnit = errors.New("unknown unit")
	// ErrTooLarge is the error of a size that does not fit into 64 bits.
	ErrTooLarge = errors.New("too large")
)

// Parse returns the number of bytes that text stands for.
func Parse(text string) (uint64, error) {
	unit := strings.TrimLeft(text, "0123456789")
	var factor uint64
	switch unit {
	case "", "B":
		factor = 1
	case "KiB":
		factor = 1 << 10
	case "MiB":
		factor = 1 << 20
	default:
		return 0, fmt.Errorf("%w %q", ErrUnit, unit)
	}
	number, err := strconv.ParseUint(strings.TrimSuffix(text, unit), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("bad number: %w", err)
	}
	high, size := bits.Mul64(number, factor)
	if high != 0 {
		return 0, ErrTooLarge
	}
	return size, nil
}

// endregion
