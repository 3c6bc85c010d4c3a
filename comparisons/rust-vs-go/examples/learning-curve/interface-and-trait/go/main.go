// One behaviour of several types: an interface.
package main

import "fmt"

// region: behaviour
type tariff interface {
	cents(grams int) int
}

func quote(t tariff, grams int) string {
	return euros(t.cents(grams))
}

// endregion

// region: types
type flat int

func (f flat) cents(int) int { return int(f) }

type perKilogram int

func (p perKilogram) cents(grams int) int {
	return int(p) * ((grams + 999) / 1000)
}

type tariffFunc func(grams int) int

func (f tariffFunc) cents(grams int) int { return f(grams) }

// endregion

func letter(grams int) int {
	if grams <= 50 {
		return 95
	}
	return 110
}

func total(t tariff, parcels ...int) int {
	sum := 0
	for _, grams := range parcels {
		sum += t.cents(grams)
	}
	return sum
}

func euros(cents int) string {
	return fmt.Sprintf("%d.%02d", cents/100, cents%100)
}

func main() {
	byWeight := perKilogram(250)
	for _, offer := range []struct {
		name   string
		tariff tariff
		grams  int
	}{
		{"flat", flat(490), 1200},
		{"per kilogram", byWeight, 1200},
		{"letter", tariffFunc(letter), 80},
	} {
		fmt.Println(offer.name, quote(offer.tariff, offer.grams))
	}
	fmt.Println("three parcels", euros(total(byWeight, 900, 1200, 2400)))
}
