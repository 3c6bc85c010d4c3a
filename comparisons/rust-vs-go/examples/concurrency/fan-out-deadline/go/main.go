// Ask all shards at once: the first failure or the deadline stops every call that is under way.
package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
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
		return "", fmt.Errorf("shard %d: %w", shard, errUnavailable)
	case hanging:
		<-ctx.Done()
		return "", context.Cause(ctx)
	default:
		return fmt.Sprintf("answer %d", shard), nil
	}
}

// endregion

// region: gather
func gather(ctx context.Context, shards []shardState) ([]string, error) {
	group, ctx := errgroup.WithContext(ctx)
	answers := make([]string, len(shards))
	for shard, state := range shards {
		group.Go(func() error {
			answer, err := ask(ctx, shard, state)
			answers[shard] = answer
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
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
