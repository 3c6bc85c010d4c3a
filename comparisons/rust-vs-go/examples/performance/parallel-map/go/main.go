// A function applied to every element of a slice, on all processors.
package main

import (
	"fmt"
	"slices"
	"sync"
)

// collatzSteps counts the Collatz steps from a number down to 1.
func collatzSteps(start uint64) uint32 {
	var steps uint32
	for number := start; number != 1; steps++ {
		if number%2 == 0 {
			number /= 2
		} else {
			number = 3*number + 1
		}
	}
	return steps
}

// region: map
const chunkSize = 10_000 // small beside the whole, so that no processor idles at the end

func stepCounts(starts []uint64) []uint32 {
	counts := make([]uint32, len(starts))
	var wg sync.WaitGroup
	for low := 0; low < len(starts); low += chunkSize {
		high := min(low+chunkSize, len(starts))
		wg.Go(func() {
			for i, start := range starts[low:high] {
				counts[low+i] = collatzSteps(start)
			}
		})
	}
	wg.Wait()
	return counts
}

// endregion

// region: use
func main() {
	starts := make([]uint64, 0, 999_999)
	for start := uint64(1); start < 1_000_000; start++ {
		starts = append(starts, start)
	}
	counts := stepCounts(starts)

	longest := slices.Max(counts)
	first := slices.Index(counts, longest)
	fmt.Println(starts[first], "takes", longest, "steps")
}

// endregion
