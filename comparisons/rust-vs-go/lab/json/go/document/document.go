// Package document is what the programs share: the document, and how they end.
package document

import (
	"fmt"
	"hash/fnv"
	"log"
	"os"
	"strconv"
	"strings"
)

// Arguments returns a document of some orders, and how often it is read and
// printed.
func Arguments() (document []byte, rounds int) {
	if len(os.Args) != 3 {
		log.Fatal("expected a number of orders and one of rounds")
	}
	orders, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	rounds, err = strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	return makeDocument(orders), rounds
}

func makeDocument(orders int) []byte {
	var text strings.Builder
	text.WriteString("[")
	for id := range orders {
		if id > 0 {
			text.WriteString(",")
		}
		quarters, paid := 2*id+1, id%3 == 0
		fmt.Fprintf(&text, `{"customer":{"email":"customer%d@example.org","name":"Zoë \"Z\" Müller %d"},`, id, id)
		fmt.Fprintf(&text, `"id":%d,"items":[{"count":%d,"price":%d.25,"title":"Ünïcode and\nlines"},`, id, id%7, quarters/4)
		fmt.Fprintf(&text, `{"count":1,"price":%d.75,"title":"A plain title of some length"}],"paid":%t,"tags":["a","bc","def"]}`, quarters, paid)
	}
	text.WriteString("]")
	return []byte(text.String())
}

// Finish prints the answer, and reports how often the operation was done.
func Finish(printed []byte, total float64, rounds int) {
	hash := fnv.New64a()
	hash.Write(printed)
	fmt.Printf("%d bytes, %016x, %s\n", len(printed), hash.Sum64(), strconv.FormatFloat(total, 'f', -1, 64))
	fmt.Fprintln(os.Stderr, "figure operations", rounds)
}
