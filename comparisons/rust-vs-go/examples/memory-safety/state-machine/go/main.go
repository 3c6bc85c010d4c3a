// An order goes from draft to paid to shipped; each transition checks the state.
package main

import (
	"fmt"
	"log"
)

// region: states
type state string

const (
	draft   state = "draft"
	paid    state = "paid"
	shipped state = "shipped"
)

type order struct {
	id       int
	state    state
	receipt  string
	tracking string
}

// endregion

// region: transitions
func (o *order) pay(receipt string) error {
	if o.state != draft {
		return fmt.Errorf("pay order %d: it is %s", o.id, o.state)
	}
	o.state, o.receipt = paid, receipt
	return nil
}

func (o *order) ship(tracking string) error {
	if o.state != paid {
		return fmt.Errorf("ship order %d: it is %s", o.id, o.state)
	}
	o.state, o.tracking = shipped, tracking
	return nil
}

// endregion

func main() {
	o := order{id: 7, state: draft}
	if err := o.pay("R-1815"); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("order %d paid, receipt %s\n", o.id, o.receipt)
	if err := o.ship("T-42"); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("order %d shipped, tracking %s\n", o.id, o.tracking)
}
