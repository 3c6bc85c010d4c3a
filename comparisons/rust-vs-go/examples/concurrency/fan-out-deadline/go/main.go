// Ask all shards at once: the first failure or the deadline stops every call that is under way.
package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
)

const deadline = 250 * time.Millisecond

var (
	errUnavailable = errors.New("unavailable")
	errLate        = errors.New("some shards did not answer in time")
)

type shardState int

const (
	healthy shardState = iota
	broken
	hanging
)

// region: ask
func ask(ctx context.Context, shard int, state shardState) (string, error) {
	switch state {
	case broken:
		return "", errUnavailable
	case hanging:
		<-ctx.Done()
		return "", ctx.Err()
	default:
		return fmt.Sprintf("answer %d", shard), nil
	}
}

// endregion

// region: gather
func gather(ctx context.Context, shards []shardState) ([]string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	answers := make([]string, len(shards))
	var wg sync.WaitGroup
	for shard, state := range shards {
		wg.Go(func() {
			answer, err := ask(ctx, shard, state)
			if err != nil {
				cancel(fmt.Errorf("shard %d: %w", shard, err))
				return
			}
			answers[shard] = answer
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return answers, nil
}

func gatherInTime(shards []shardState) ([]string, error) {
	ctx, cancel := context.WithTimeoutCause(context.Background(), deadline, errLate)
	defer cancel()
	return gather(ctx, shards)
}

// endregion

func main() {
	for _, shards := range [][]shardState{
		{healthy, healthy, healthy},
		{healthy, hanging, healthy},
		{hanging, hanging, broken},
	} {
		answers, err := gatherInTime(shards)
		if err != nil {
			fmt.Println("failed:", err)
			continue
		}
		fmt.Println(strings.Join(answers, ", "))
	}
}
