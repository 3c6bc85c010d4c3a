//go:build ignore

// An error is assigned and never looked at: the compiler refuses the program.
package main

import (
	"fmt"
	"strconv"
)

func main() {
	port, err := strconv.Atoi("80a0")
	fmt.Println("listening on port", port)
}
