// Adds up, looks up and deletes in the built-in hash map.
package main

import (
	"fmt"

	"comparisons.example/rust-vs-go/lab/cpu-kernels/go/kernel"
)

func main() {
	n := kernel.Argument()
	keys := uint64(n) * 2
	sums := map[uint64]uint64{}
	random := kernel.SplitMix64(1)
	for i := range n {
		sums[random.Next()%keys] += uint64(i)
	}
	var hits int
	var total uint64
	random = kernel.SplitMix64(2)
	for range 2 * n {
		if sum, ok := sums[random.Next()%(2*keys)]; ok {
			hits++
			total += sum
		}
	}
	random = kernel.SplitMix64(1)
	for range n / 2 {
		delete(sums, random.Next()%keys)
	}
	fmt.Println(hits, total, len(sums))
}
