package wait

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// region: test
func TestAsksUntilReady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		asked := 0
		err := UntilReady(t.Context(), func(context.Context) bool {
			asked++
			return asked == 3
		})
		if waited := time.Since(start); err != nil || waited != 2*every {
			t.Errorf("got %v after %v; want nil after %v", err, waited, 2*every)
		}
	})
}

func TestGivesUpAtTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		asked := 0
		err := UntilReady(t.Context(), func(context.Context) bool {
			asked++
			return false
		})
		checkDeadline(t, err, time.Since(start))
		if asked != 4 {
			t.Errorf("asked %d times; want 4", asked)
		}
	})
}

func TestStopsACheckThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		asked := 0
		err := UntilReady(t.Context(), func(ctx context.Context) bool {
			asked++
			<-ctx.Done()
			return false
		})
		checkDeadline(t, err, time.Since(start))
		if asked != 1 {
			t.Errorf("asked %d times; want 1", asked)
		}
	})
}

func checkDeadline(t *testing.T, err error, waited time.Duration) {
	t.Helper()
	if !errors.Is(err, context.DeadlineExceeded) || waited != deadline {
		t.Errorf("got %v after %v; want the deadline after %v", err, waited, deadline)
	}
}

// endregion
