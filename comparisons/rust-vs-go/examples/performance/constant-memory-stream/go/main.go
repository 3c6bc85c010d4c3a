// An access log of any length is read line by line and added up, in constant memory.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log"
	"maps"
	"slices"
	"strconv"
)

const lines = 500_000

func writeLog(output io.Writer) error {
	buffered := bufio.NewWriter(output)
	paths := []string{"/", "/login", "/search"}
	for request := range lines {
		fmt.Fprintf(buffered, "%s %d\n", paths[request%3], request%1000)
	}
	return buffered.Flush()
}

// region: aggregate
type traffic struct{ requests, bytes uint64 }

func addUp(input io.Reader) (map[string]*traffic, error) {
	byPath := make(map[string]*traffic)
	scanner := bufio.NewScanner(input)
	for scanner.Scan() {
		path, size, found := bytes.Cut(scanner.Bytes(), []byte(" "))
		if !found {
			return nil, fmt.Errorf("no size in %q", scanner.Bytes())
		}
		sent, err := strconv.ParseUint(string(size), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("size: %w", err)
		}
		t, ok := byPath[string(path)]
		if !ok {
			t = &traffic{}
			byPath[string(path)] = t
		}
		t.requests++
		t.bytes += sent
	}
	return byPath, scanner.Err()
}

// endregion

// region: run
func main() {
	reader, writer := io.Pipe()
	go func() { writer.CloseWithError(writeLog(writer)) }()

	byPath, err := addUp(reader)
	if err != nil {
		log.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(byPath)) {
		t := byPath[path]
		fmt.Printf("%s %d requests %d bytes\n", path, t.requests, t.bytes)
	}
}

// endregion
