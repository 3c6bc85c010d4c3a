//go:build ignore

// A text is returned where an error is promised: the compiler refuses the program.
package main

import (
	"fmt"
	"strconv"
)

func parsePort(text string) (int, error) {
	port, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Sprintf("%q is no port", text)
	}
	return port, nil
}

func main() {
	fmt.Println(parsePort("http"))
}
