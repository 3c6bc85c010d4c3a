package main

import "fmt"

// region: body
func main() {
	fmt.Println("hello")
}

// endregion
