// Calls eight functions deep again and again; the innermost one succeeds,
// fails or panics.
package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"
)

const depth = 8

type oddError struct {
	n uint64
}

func (e *oddError) Error() string {
	return fmt.Sprintf("%d is odd", e.n)
}

type levelError struct {
	level int
	err   error
}

func (e *levelError) Error() string {
	return fmt.Sprintf("level %d: %v", e.level, e.err)
}

func (e *levelError) Unwrap() error {
	return e.err
}

func even(n uint64) (uint64, error) {
	if n%2 == 0 {
		return n, nil
	}
	return 0, &oddError{n}
}

//go:noinline
func returned(level int, n uint64) (uint64, error) {
	if level == 0 {
		return even(n)
	}
	inner, err := returned(level-1, n)
	if err != nil {
		return 0, err
	}
	return inner + 1, nil
}

//go:noinline
func wrapped(level int, n uint64) (uint64, error) {
	if level == 0 {
		return even(n)
	}
	inner, err := wrapped(level-1, n)
	if err != nil {
		return 0, &levelError{level, err}
	}
	return inner + 1, nil
}

//go:noinline
func panicking(level int, n uint64) uint64 {
	if level == 0 {
		even, err := even(n)
		if err != nil {
			panic(err)
		}
		return even
	}
	return panicking(level-1, n) + 1
}

// operation returns the call of a case, which gives a small number that
// depends on how it has ended.
func operation(name string) func(n uint64) uint64 {
	switch name {
	case "return-ok":
		return func(n uint64) uint64 { return asIs(returned(depth, 2*n)) }
	case "return-error":
		return func(n uint64) uint64 { return asIs(returned(depth, 2*n+1)) }
	case "wrap-ok":
		return func(n uint64) uint64 { return within(wrapped(depth, 2*n)) }
	case "wrap-error":
		return func(n uint64) uint64 { return within(wrapped(depth, 2*n+1)) }
	case "wrap-print":
		return func(n uint64) uint64 {
			_, err := wrapped(depth, 2*n+1)
			return uint64(len(err.Error()))
		}
	case "catch-ok":
		return func(n uint64) uint64 { return caught(2*n) % 16 }
	case "catch-panic":
		return func(n uint64) uint64 { return caught(2*n + 1) }
	default:
		panic("no such case")
	}
}

// asIs returns the value, or the number of the error that nothing wraps.
func asIs(value uint64, err error) uint64 {
	if err == nil {
		return value % 16
	}
	odd, ok := err.(*oddError)
	if !ok {
		return 0
	}
	return odd.n % 16
}

// within returns the value, or the number of the error that others wrap.
func within(value uint64, err error) uint64 {
	if err == nil {
		return value % 16
	}
	odd, ok := errors.AsType[*oddError](err)
	if !ok {
		return 0
	}
	return odd.n % 16
}

// caught returns 1 if there was a panic.
func caught(n uint64) (value uint64) {
	defer func() {
		if recover() != nil {
			value = 1
		}
	}()
	return panicking(depth, n)
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("expected a case and a number of calls")
	}
	name := os.Args[1]
	count, err := strconv.ParseUint(os.Args[2], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	call := operation(name)
	var sum uint64
	for n := range count {
		sum += call(n)
	}
	fmt.Println(name, sum)
	fmt.Fprintln(os.Stderr, "figure operations", count)
}
