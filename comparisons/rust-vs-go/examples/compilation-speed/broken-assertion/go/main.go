//go:build ignore

// A limit is not a whole number of buffers: the compiler refuses the program.
package main

import "fmt"

const (
	limit  = 100_000
	buffer = 64 << 10
)

var _ = [1]struct{}{limit % buffer: {}} // whole buffers only

func main() {
	fmt.Println(limit/buffer, "buffers")
}
