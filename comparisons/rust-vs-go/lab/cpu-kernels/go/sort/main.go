// Sorts random numbers with the standard library's sort that need not be stable.
package main

import (
	"fmt"
	"slices"

	"comparisons.example/rust-vs-go/lab/cpu-kernels/go/kernel"
)

func main() {
	n := kernel.Argument()
	random := kernel.SplitMix64(42)
	numbers := make([]uint64, n)
	for i := range numbers {
		numbers[i] = random.Next()
	}
	slices.Sort(numbers)
	check := uint64(0)
	for i := 0; i < n; i += 1000 {
		check = check*31 + numbers[i]
	}
	fmt.Println(check)
}
