// Starts goroutines that wait for a signal, and reports the memory that each takes.
package main

import (
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	count, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	before := residentBytes()
	gate := make(chan struct{})
	var waiting, tasks sync.WaitGroup
	var sum atomic.Int64
	waiting.Add(count)
	for i := range count {
		tasks.Go(func() {
			waiting.Done()
			<-gate
			sum.Add(int64(i))
		})
	}
	waiting.Wait()
	time.Sleep(100 * time.Millisecond)
	report(count, before)
	close(gate)
	tasks.Wait()
	fmt.Println(sum.Load())
}

// residentBytes returns how many bytes of memory the process holds.
func residentBytes() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		log.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if text, found := strings.CutPrefix(line, "VmRSS:"); found {
			kilobytes, err := strconv.Atoi(strings.Fields(text)[0])
			if err != nil {
				log.Fatal(err)
			}
			return kilobytes * 1024
		}
	}
	log.Fatal("no resident memory")
	return 0
}

// report tells what each task costs.
func report(tasks, before int) {
	bytes := float64(residentBytes()-before) / float64(tasks)
	fmt.Fprintf(os.Stderr, "figure memory-per-task %.1f\n", bytes)
}
