// Starts goroutines that wait for a signal, and reports the memory that each takes.
//
// The second argument says how large a buffer each holds meanwhile, in bytes; 0 for none.
package main

import (
	"bytes"
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
	count, size := argument(1), argument(2)
	before := residentBytes()
	gate := make(chan struct{})
	var waiting, tasks sync.WaitGroup
	var sum atomic.Int64
	waiting.Add(count)
	for i := range count {
		if size == 0 {
			tasks.Go(func() {
				waiting.Done()
				<-gate
				sum.Add(int64(i))
			})
			continue
		}
		tasks.Go(func() {
			buffer := bytes.Repeat([]byte{1}, size)
			waiting.Done()
			<-gate
			sum.Add(int64(i) * int64(buffer[i%size]))
		})
	}
	waiting.Wait()
	time.Sleep(100 * time.Millisecond)
	report(count, before)
	close(gate)
	tasks.Wait()
	fmt.Println(sum.Load())
}

// argument returns the argument at a place: how many tasks wait, or how much each holds.
func argument(place int) int {
	number, err := strconv.Atoi(os.Args[place])
	if err != nil {
		log.Fatal(err)
	}
	return number
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
	each := float64(residentBytes()-before) / float64(tasks)
	fmt.Fprintf(os.Stderr, "figure memory-per-task %.1f\n", each)
}
