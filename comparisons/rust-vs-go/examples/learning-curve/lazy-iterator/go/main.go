// An iterator over a paged list: a page is fetched when its first item is asked for.
package main

import (
	"fmt"
	"iter"
)

type feed struct {
	name  string
	pages [][]uint32
}

type page struct {
	totals []uint32
	next   int // 0 after the last page
}

func (f *feed) fetch(number int) page {
	fmt.Printf("fetch page %d of %s\n", number, f.name)
	fetched := page{totals: f.pages[number-1]}
	if number < len(f.pages) {
		fetched.next = number + 1
	}
	return fetched
}

// region: source
func (f *feed) totals() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for next := 1; next != 0; {
			fetched := f.fetch(next)
			for _, total := range fetched.totals {
				if !yield(total) {
					return
				}
			}
			next = fetched.next
		}
	}
}

// endregion

// region: early-stop
func printLarge(f *feed, limit int) {
	totals := f.totals()
	fmt.Println("nothing is fetched yet")
	found := 0
	for total := range totals {
		if total < 200 {
			continue
		}
		fmt.Println("large:", total)
		if found++; found == limit {
			break
		}
	}
}

// endregion

// region: in-step
func firstDifference(a, b *feed) (index int, found bool) {
	next, stop := iter.Pull(b.totals())
	defer stop()
	for x := range a.totals() {
		y, ok := next()
		if !ok {
			break
		}
		if x != y {
			return index, true
		}
		index++
	}
	return 0, false
}

// endregion

func main() {
	shop := &feed{
		name:  "shop",
		pages: [][]uint32{{40, 250, 90}, {310, 20}, {500}},
	}
	printLarge(shop, 2)

	ledger := &feed{
		name:  "ledger",
		pages: [][]uint32{{40, 250}, {90, 310}, {25, 500}},
	}
	if index, found := firstDifference(shop, ledger); found {
		fmt.Printf("item %d differs\n", index)
	} else {
		fmt.Println("no item differs")
	}
}
