// Passes numbers between goroutines, and adds them up under a lock.
package main

import (
	"fmt"
	"log"
	"os"
	"strconv"
	"sync"
)

// capacity is how many messages wait in a channel at most.
const capacity = 1024

func main() {
	if len(os.Args) != 3 {
		log.Fatal("expected a case and a number of operations")
	}
	name := os.Args[1]
	count, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	var sum int
	switch name {
	case "ping-pong":
		sum = pingPong(count)
	case "one-to-one":
		sum = channel(1, count)
	case "four-to-one":
		sum = channel(4, count)
	case "mutex":
		sum = mutex(1, count)
	case "mutex-shared":
		sum = mutex(4, count)
	default:
		log.Fatal("no such case")
	}
	fmt.Println(name, sum)
	fmt.Fprintln(os.Stderr, "figure operations", count)
}

// pingPong sends each number to a goroutine that returns it, one at a time.
func pingPong(count int) int {
	pings, pongs := make(chan int, 1), make(chan int, 1)
	go func() {
		for n := range pings {
			pongs <- n
		}
	}()
	var sum int
	for n := range count {
		pings <- n
		sum += <-pongs
	}
	close(pings)
	return sum
}

func channel(senders, count int) int {
	numbers := make(chan int, capacity)
	var tasks sync.WaitGroup
	for range senders {
		tasks.Go(func() {
			for n := range count / senders {
				numbers <- n
			}
		})
	}
	go func() {
		tasks.Wait()
		close(numbers)
	}()
	var sum int
	for n := range numbers {
		sum += n
	}
	return sum
}

func mutex(goroutines, count int) int {
	var sum int
	var lock sync.Mutex
	var tasks sync.WaitGroup
	for range goroutines {
		tasks.Go(func() {
			for n := range count / goroutines {
				lock.Lock()
				sum += n
				lock.Unlock()
			}
		})
	}
	tasks.Wait()
	return sum
}
