// A missing user is a nil pointer, passed on as if it were there: a panic.
package main

import "fmt"

type user struct{ name string }

func greeting(u *user) string {
	return "Hello, " + u.name
}

func main() {
	users := map[int]*user{1: {name: "Ada"}}
	fmt.Println(greeting(users[2]))
}
