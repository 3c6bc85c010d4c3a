// Counts the words of a text in a map, and prints the most frequent ones.
package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"comparisons.example/rust-vs-go/lab/cpu-kernels/go/kernel"
)

type entry struct {
	word  string
	count int
}

func main() {
	text := makeText(kernel.Argument())
	counts := map[string]int{}
	for word := range strings.FieldsSeq(text) {
		counts[word]++
	}
	words := make([]entry, 0, len(counts))
	for word, count := range counts {
		words = append(words, entry{word, count})
	}
	slices.SortFunc(words, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word))
	})
	fmt.Println(len(words), "words")
	for _, entry := range words[:5] {
		fmt.Println(entry.word, entry.count)
	}
}

// makeText returns a text of words of one to eight letters, of which short
// ones are frequent.
func makeText(words int) string {
	var text strings.Builder
	numbers := kernel.SplitMix64(1)
	for i := range words {
		random := numbers.Next()
		length := 1 + min(random%8, random/8%8)
		random /= 64
		for range length {
			text.WriteByte('a' + byte(random%8))
			random /= 8
		}
		if i%12 == 11 {
			text.WriteByte('\n')
		} else {
			text.WriteByte(' ')
		}
	}
	return text.String()
}
