// Code for one system only, and code for one kind of build only.
package main

import "fmt"

func accept(order int) {
	if audit {
		fmt.Println("audit: order", order)
	}
	fmt.Println("order", order, "accepted")
}

func main() {
	fmt.Println("longest path:", longestPath())
	accept(7)
}
