// A generic container: a set kept in order.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// region: container
type sortedSet[T cmp.Ordered] struct {
	items []T
}

func (s *sortedSet[T]) insert(item T) bool {
	index, found := slices.BinarySearch(s.items, item)
	if !found {
		s.items = slices.Insert(s.items, index, item)
	}
	return !found
}

func (s *sortedSet[T]) contains(item T) bool {
	_, found := slices.BinarySearch(s.items, item)
	return found
}

// endregion

// region: iteration
func (s *sortedSet[T]) all() iter.Seq[T] {
	return slices.Values(s.items)
}

func collect[T cmp.Ordered](items iter.Seq[T]) *sortedSet[T] {
	return &sortedSet[T]{slices.Compact(slices.Sorted(items))}
}

// endregion

func join[T cmp.Ordered](set *sortedSet[T]) string {
	var words []string
	for item := range set.all() {
		words = append(words, fmt.Sprint(item))
	}
	return strings.Join(words, " ")
}

func main() {
	primes := collect(slices.Values([]int{7, 3, 2, 3}))
	primes.insert(5)
	fmt.Println(join(primes))
	fmt.Println(primes.insert(5), primes.contains(7))

	names := collect(strings.SplitSeq("cyd ada bob", " "))
	fmt.Println(join(names))
}
