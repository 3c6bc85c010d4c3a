// A total is too large for its type: the number wraps in every build.
package main

import "fmt"

func totalCents(quantity, unitCents uint32) uint32 {
	return quantity * unitCents
}

func main() {
	fmt.Println(totalCents(2_000, 1_499))
	fmt.Println(totalCents(3_000_000, 1_499))
}
