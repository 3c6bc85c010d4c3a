// A field is taken from a line that has too few of them: a panic.
package main

import (
	"fmt"
	"strings"
)

func port(address string) string {
	parts := strings.Split(address, ":")
	return parts[1]
}

func main() {
	for _, address := range []string{"db.internal:5432", "cache.internal"} {
		fmt.Println(port(address))
	}
}
