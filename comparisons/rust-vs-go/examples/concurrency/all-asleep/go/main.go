// Nobody closes the channel of results: when the senders are done, the receiver waits for ever.
package main

import (
	"fmt"
	"sync"
)

func main() {
	results := make(chan int, 3)
	var wg sync.WaitGroup
	for number := range 3 {
		wg.Go(func() { results <- number * number })
	}
	wg.Wait()

	sum := 0
	for result := range results {
		sum += result
	}
	fmt.Println("sum", sum)
}
