// A pipeline over bounded channels: its source is endless, its consumer stops when it has enough.
package main

import (
	"context"
	"fmt"
	"sync"
)

const buffer = 4

// region: stages
func countUp(ctx context.Context, stages *sync.WaitGroup) <-chan uint64 {
	numbers := make(chan uint64, buffer)
	stages.Go(func() {
		defer close(numbers)
		for number := uint64(1); ; number++ {
			select {
			case numbers <- number:
			case <-ctx.Done():
				return
			}
		}
	})
	return numbers
}

func mapStage[In, Out any](
	ctx context.Context,
	stages *sync.WaitGroup,
	input <-chan In,
	transform func(In) Out,
) <-chan Out {
	results := make(chan Out, buffer)
	stages.Go(func() {
		defer close(results)
		for item := range input {
			select {
			case results <- transform(item):
			case <-ctx.Done():
				return
			}
		}
	})
	return results
}

// endregion

// region: consume
func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var stages sync.WaitGroup
	squares := mapStage(ctx, &stages, countUp(ctx, &stages),
		func(number uint64) uint64 { return number * number })
	lines := mapStage(ctx, &stages, squares,
		func(square uint64) string { return fmt.Sprintf("square %d", square) })

	for range 3 {
		fmt.Println(<-lines)
	}
	cancel()

	stages.Wait()
	fmt.Println("all stages ended")
}

// endregion
