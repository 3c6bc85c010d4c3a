// Package place has values that stay in their function's frame, and values that leave it.
package place

import (
	"bytes"
	"encoding/binary"
	"io"
)

// region: functions
// Length reads a frame's length; what is behind the interface might keep the buffer.
func Length(r io.Reader) (uint32, error) {
	var header [4]byte
	if _, err := r.Read(header[:]); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint32(header[:]), nil
}

// LengthInMemory reads it from a type whose code the compiler knows.
func LengthInMemory(r *bytes.Reader) (uint32, error) {
	var header [4]byte
	if _, err := r.Read(header[:]); err != nil {
		return 0, err
	}
	return binary.BigEndian.Uint32(header[:]), nil
}

// SumOfSquares needs a slice whose length is known only when it runs.
func SumOfSquares(n int) (sum int) {
	squares := make([]int, n)
	for i := range squares {
		squares[i] = i * i
	}
	for _, square := range squares {
		sum += square
	}
	return sum
}

type Point struct{ X, Y int }

func NewPoint(x, y int) *Point { return &Point{x, y} }

// endregion
