// Package kernel is what the kernels share: the argument, and random numbers
// that are the same in both languages.
package kernel

import (
	"log"
	"os"
	"strconv"
)

// Argument returns the only argument: how much work to do.
func Argument() int {
	if len(os.Args) != 2 {
		log.Fatal("expected an argument")
	}
	n, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	return n
}

// SplitMix64 is a generator of random numbers (Steele, Lea and Flood, OOPSLA 2014).
type SplitMix64 uint64

// Next returns the next number.
func (s *SplitMix64) Next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB
	return z ^ (z >> 31)
}
