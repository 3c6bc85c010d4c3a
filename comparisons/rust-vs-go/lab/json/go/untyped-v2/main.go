//go:build goexperiment.jsonv2

// Reads JSON into values of any shape, and prints it again, with encoding/json/v2.
package main

import (
	"encoding/json/v2"
	"log"

	"comparisons.example/rust-vs-go/lab/json/go/document"
)

func main() {
	input, rounds := document.Arguments()
	var printed []byte
	var total float64
	for range rounds {
		var orders any
		if err := json.Unmarshal(input, &orders); err != nil {
			log.Fatal(err)
		}
		total += prices(orders)
		var err error
		if printed, err = json.Marshal(orders, json.Deterministic(true)); err != nil {
			log.Fatal(err)
		}
	}
	document.Finish(printed, total, rounds)
}

func prices(orders any) (sum float64) {
	list, _ := orders.([]any)
	for _, entry := range list {
		order, _ := entry.(map[string]any)
		items, _ := order["items"].([]any)
		for _, entry := range items {
			item, _ := entry.(map[string]any)
			price, _ := item["price"].(float64)
			sum += price
		}
	}
	return sum
}
