//go:build goexperiment.jsonv2

// Reads JSON into types of its own, and prints it again, with encoding/json/v2.
package main

import (
	"encoding/json/v2"
	"log"

	"comparisons.example/rust-vs-go/lab/json/go/document"
)

type customer struct {
	Email string `json:"email"`
	Name  string `json:"name"`
}

type item struct {
	Count uint32  `json:"count"`
	Price float64 `json:"price"`
	Title string  `json:"title"`
}

type order struct {
	Customer customer `json:"customer"`
	ID       uint64   `json:"id"`
	Items    []item   `json:"items"`
	Paid     bool     `json:"paid"`
	Tags     []string `json:"tags"`
}

func main() {
	input, rounds := document.Arguments()
	var printed []byte
	var total float64
	for range rounds {
		var orders []order
		if err := json.Unmarshal(input, &orders); err != nil {
			log.Fatal(err)
		}
		sum := 0.0
		for _, order := range orders {
			for _, item := range order.Items {
				sum += item.Price
			}
		}
		total += sum
		var err error
		if printed, err = json.Marshal(orders); err != nil {
			log.Fatal(err)
		}
	}
	document.Finish(printed, total, rounds)
}
