// Answers with a text and with the receipts of orders, by chi, at the address that is its argument.
package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/go-chi/chi/v5"

	"comparisons.example/rust-vs-go/lab/http-cpu/go/orders"
)

func text(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, "Hello, world!")
}

func order(w http.ResponseWriter, r *http.Request) {
	var order orders.Order
	body := http.MaxBytesReader(w, r.Body, orders.MaxBytes)
	if err := json.NewDecoder(body).Decode(&order); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	content, err := json.Marshal(order.Receipt())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(content)
}

func main() {
	router := chi.NewRouter()
	router.Get("/text", text)
	router.Post("/orders", order)
	log.Fatal(http.ListenAndServe(os.Args[1], router))
}
