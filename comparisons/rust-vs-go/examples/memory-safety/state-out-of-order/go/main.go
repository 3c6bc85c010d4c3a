// An order is shipped before it is paid: the call returns an error.
package main

import (
	"fmt"
	"log"
)

type order struct {
	id   int
	paid bool
}

func (o *order) pay() {
	o.paid = true
}

func (o *order) ship() error {
	if !o.paid {
		return fmt.Errorf("ship order %d: it is not paid", o.id)
	}
	fmt.Printf("order %d shipped\n", o.id)
	return nil
}

func main() {
	first, second := order{id: 7}, order{id: 8}
	first.pay()
	for _, o := range []order{first, second} {
		if err := o.ship(); err != nil {
			log.Fatal(err)
		}
	}
}
