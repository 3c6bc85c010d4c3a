// A pool of workers behind a bounded queue: when it is full, refuse the job or wait for room.
package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

const (
	workers   = 3
	queueSize = 4
)

// region: queue
var errQueueFull = errors.New("queue full")

func offer(queue chan<- uint64, job uint64) error {
	select {
	case queue <- job:
		return nil
	default:
		return errQueueFull
	}
}

// endregion

func process(job uint64) uint64 {
	time.Sleep(time.Millisecond)
	return job * job
}

// region: workers
func work(jobs <-chan uint64, total *atomic.Uint64) {
	for job := range jobs {
		total.Add(process(job))
	}
}

// endregion

func main() {
	queue := make(chan uint64, queueSize)
	for job := uint64(1); job <= 6; job++ {
		if err := offer(queue, job); err != nil {
			fmt.Printf("job %d: %v\n", job, err)
			continue
		}
		fmt.Printf("job %d: queued\n", job)
	}

	// region: run
	var (
		total atomic.Uint64
		wg    sync.WaitGroup
	)
	for range workers {
		wg.Go(func() { work(queue, &total) })
	}
	for job := uint64(5); job <= 100; job++ {
		queue <- job
	}
	close(queue)
	wg.Wait()
	// endregion
	fmt.Println("sum of squares up to 100:", total.Load())
}
