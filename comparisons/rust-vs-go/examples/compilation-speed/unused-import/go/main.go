//go:build ignore

// A package is imported and not used: the compiler refuses the program.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println("hello")
}
