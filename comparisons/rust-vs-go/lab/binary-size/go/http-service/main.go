// Greets by HTTP, in JSON, at the address that is its argument.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
)

type greeting struct {
	Message string `json:"message"`
}

func greet(w http.ResponseWriter, r *http.Request) {
	body, err := json.Marshal(greeting{"Hello, " + r.PathValue("name") + "!"})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(body)
}

func main() {
	http.HandleFunc("GET /greet/{name}", greet)
	log.Fatal(http.ListenAndServe(os.Args[1], nil))
}
