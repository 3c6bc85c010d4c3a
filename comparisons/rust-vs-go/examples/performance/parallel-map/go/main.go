// A function applied to every element of a slice, on all processors.
package main

import (
	"fmt"
	"runtime"
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
func stepCounts(starts []uint64) []uint32 {
	counts := make([]uint32, len(starts))
	workers := runtime.GOMAXPROCS(0)
	size := max(1, (len(starts)+workers-1)/workers)
	var wg sync.WaitGroup
	for low := 0; low < len(starts); low += size {
		high := min(low+size, len(starts))
		wg.Go(func() {
			for i := low; i < high; i++ {
				counts[i] = collatzSteps(starts[i])
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
