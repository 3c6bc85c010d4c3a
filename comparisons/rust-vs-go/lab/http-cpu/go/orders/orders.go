// Package orders has orders and their receipts, which all services share.
package orders

// MaxBytes is how long an order may be: what axum and Actix Web allow by default.
const MaxBytes = 2 << 20

// An Order of a customer.
type Order struct {
	Customer string `json:"customer"`
	Lines    []Line `json:"lines"`
}

// A Line of an order.
type Line struct {
	SKU        string `json:"sku"`
	Quantity   uint64 `json:"quantity"`
	PriceCents uint64 `json:"price_cents"`
}

// A Receipt for an order.
type Receipt struct {
	Customer   string   `json:"customer"`
	SKUs       []string `json:"skus"`
	TotalCents uint64   `json:"total_cents"`
}

// Receipt returns what the customer is to pay.
func (o *Order) Receipt() Receipt {
	receipt := Receipt{Customer: o.Customer, SKUs: make([]string, 0, len(o.Lines))}
	for _, line := range o.Lines {
		receipt.SKUs = append(receipt.SKUs, line.SKU)
		receipt.TotalCents += line.Quantity * line.PriceCents
	}
	return receipt
}
