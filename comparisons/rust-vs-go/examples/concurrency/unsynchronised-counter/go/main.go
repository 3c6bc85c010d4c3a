// Two goroutines add to one counter without synchronisation: a data race.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var (
		counter int
		wg      sync.WaitGroup
	)
	for range 2 {
		wg.Go(func() {
			for range 1000 {
				counter++
			}
		})
	}
	wg.Wait()
	fmt.Println("counted", counter)
}
