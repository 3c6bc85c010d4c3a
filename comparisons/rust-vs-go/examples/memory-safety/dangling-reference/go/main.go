// Sessions keep a pointer to a name that is declared inside the loop: it lives on.
package main

import "fmt"

type session struct{ user *string }

func main() {
	var sessions []session
	for id := 1; id <= 2; id++ {
		user := fmt.Sprintf("user-%d", id)
		sessions = append(sessions, session{user: &user})
	}
	for _, s := range sessions {
		fmt.Println(*s.user)
	}
}
