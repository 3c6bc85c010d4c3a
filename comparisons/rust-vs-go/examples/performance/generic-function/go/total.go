// Package total has a generic function that tells where its machine code begins.
package total

import "runtime"

// region: generic
type Shape interface{ Area() int }

type Square struct{ Side int }

func (s Square) Area() int { return s.Side * s.Side }

type Rectangle struct{ Width, Height int }

func (r Rectangle) Area() int { return r.Width * r.Height }

// Total adds up areas, and returns the address of its own machine code.
//
//go:noinline
func Total[S Shape](shapes []S) (sum int, code uintptr) {
	for _, shape := range shapes {
		sum += shape.Area()
	}
	pc, _, _, _ := runtime.Caller(0)
	return sum, runtime.FuncForPC(pc).Entry()
}

// endregion
