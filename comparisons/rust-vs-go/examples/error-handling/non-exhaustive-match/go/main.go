// A switch that misses a new kind of failure: the last return decides.
package main

import (
	"errors"
	"fmt"
)

var (
	errNotFound    = errors.New("not found")
	errTimedOut    = errors.New("timed out")
	errRateLimited = errors.New("rate limited")
)

func shouldRetry(err error) bool {
	switch {
	case errors.Is(err, errNotFound):
		return false
	case errors.Is(err, errTimedOut):
		return true
	}
	return false
}

func main() {
	for _, err := range []error{errNotFound, errTimedOut, errRateLimited} {
		fmt.Printf("%v: retry %t\n", err, shouldRetry(err))
	}
}
