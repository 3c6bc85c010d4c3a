// Makes and counts many short-lived trees beside one that stays.
package main

import (
	"fmt"

	"comparisons.example/rust-vs-go/lab/cpu-kernels/go/kernel"
)

type tree struct {
	left, right *tree
}

func newTree(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	return &tree{newTree(depth - 1), newTree(depth - 1)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + t.left.count() + t.right.count()
}

func main() {
	largest := kernel.Argument()
	fmt.Println("stretch", newTree(largest+1).count())
	longLived := newTree(largest)
	for depth := 4; depth <= largest; depth += 4 {
		trees := 1 << (largest - depth + 4)
		nodes := 0
		for range trees {
			nodes += newTree(depth).count()
		}
		fmt.Printf("%d of depth %d: %d\n", trees, depth, nodes)
	}
	fmt.Println("long-lived", longLived.count())
}
