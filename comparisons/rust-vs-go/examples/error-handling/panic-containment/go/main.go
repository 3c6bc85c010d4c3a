// A worker's panic is contained and reported, and the worker takes the next request.
package main

import (
	"fmt"
	"log"
	"strings"
	"sync"
)

func handle(request string) string {
	fields := strings.Split(request, " ")
	return "200 " + fields[1]
}

// region: contain
func respond(request string) (response string) {
	defer func() {
		if cause := recover(); cause != nil {
			log.Printf("panic on %q: %v", request, cause)
			response = fmt.Sprintf("500 %q made the handler panic", request)
		}
	}()
	return handle(request)
}

// endregion

func main() {
	requests := make(chan string)
	var workers sync.WaitGroup
	workers.Go(func() {
		for request := range requests {
			fmt.Println(respond(request))
		}
	})
	for _, request := range []string{"GET /users", "GET", "GET /orders"} {
		requests <- request
	}
	close(requests)
	workers.Wait()
}
