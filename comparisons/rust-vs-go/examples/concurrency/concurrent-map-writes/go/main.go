// Two goroutines write to one map without a lock: the runtime may notice, and ends the process.
package main

import (
	"fmt"
	"sync"
)

func main() {
	hits := make(map[string]int)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 50_000_000 {
				hits["/login"]++
			}
		})
	}
	wg.Wait()
	fmt.Println("hits", hits["/login"])
}
