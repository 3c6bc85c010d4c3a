// A pointer into a slice is used after append has moved the slice: the update is lost.
package main

import "fmt"

func main() {
	scores := []int{10, 20, 30}
	first := &scores[0]
	scores = append(scores, 40)
	*first++
	fmt.Println(scores)
}
