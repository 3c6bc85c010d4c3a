// Package wait waits for a service with a deadline.
package wait

import (
	"context"
	"time"
)

// region: wait
const (
	every    = 15 * time.Minute
	deadline = 50 * time.Minute
)

// UntilReady asks until the answer is yes, and gives up at the deadline.
func UntilReady(ctx context.Context, isReady func(context.Context) bool) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for ctx.Err() == nil {
		if isReady(ctx) {
			return nil
		}
		select {
		case <-ticks.C:
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// endregion
