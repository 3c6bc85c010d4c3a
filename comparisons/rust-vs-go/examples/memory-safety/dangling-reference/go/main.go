// Sessions keep a pointer to a user that is declared inside the loop: it lives on.
package main

import "fmt"

type user struct{ name string }

type session struct{ user *user }

func main() {
	var sessions []session
	for id := 1; id <= 2; id++ {
		u := user{name: fmt.Sprintf("user-%d", id)}
		sessions = append(sessions, session{user: &u})
	}
	for _, s := range sessions {
		fmt.Println(s.user.name)
	}
}
