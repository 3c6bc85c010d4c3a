// Hit counts of routes, shared by many goroutines behind a lock.
package main

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

// region: hits
type hits struct {
	mu      sync.Mutex
	byRoute map[string]uint64 // guarded by mu
}

func newHits() *hits {
	return &hits{byRoute: make(map[string]uint64)}
}

func (h *hits) record(route string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.byRoute[route]++
}

func (h *hits) snapshot() map[string]uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.byRoute)
}

// endregion

// region: share
func main() {
	h := newHits()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for request := range 1000 {
				route := "/"
				if request%10 == 0 {
					route = "/login"
				}
				h.record(route)
			}
		})
	}
	wg.Wait()
	counts := h.snapshot()
	for _, route := range slices.Sorted(maps.Keys(counts)) {
		fmt.Println(route, counts[route])
	}
}

// endregion
