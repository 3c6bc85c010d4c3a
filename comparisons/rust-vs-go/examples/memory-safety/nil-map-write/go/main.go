// The zero value of a struct with a map in it can be read, but not written.
package main

import "fmt"

type hitCounter struct {
	hits map[string]uint64
}

func (c *hitCounter) hit(path string) {
	c.hits[path]++
}

func (c *hitCounter) count(path string) uint64 {
	return c.hits[path]
}

func main() {
	var counter hitCounter
	fmt.Println("/health", counter.count("/health"))
	counter.hit("/health")
	fmt.Println("/health", counter.count("/health"))
}
