// Records, each with its length before it, are parsed from bytes that nobody can trust.
package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"
)

const (
	prefixLength = 2
	maxLength    = 1024
)

var (
	errCutLength = errors.New("the length is cut off")
	errNotUTF8   = errors.New("the text is not UTF-8")
)

// region: parse
func parseRecords(input []byte) ([]string, error) {
	var records []string
	for len(input) > 0 {
		if len(input) < prefixLength {
			return nil, errCutLength
		}
		length := int(binary.BigEndian.Uint16(input))
		if length > maxLength {
			return nil, fmt.Errorf("a length of %d is over the limit", length)
		}
		rest := input[prefixLength:]
		if len(rest) < length {
			return nil, fmt.Errorf("%d bytes announced, %d left", length, len(rest))
		}
		text := rest[:length]
		if !utf8.Valid(text) {
			return nil, errNotUTF8
		}
		records = append(records, string(text))
		input = rest[length:]
	}
	return records, nil
}

// endregion

func main() {
	inputs := []string{
		"\x00\x03Ada\x00\x05Grace",
		"",
		"\x00\x03Ada\x00",
		"\xff\xffAda",
		"\x00\x09Ada",
		"\x00\x02\xc3\x28",
	}
	for _, input := range inputs {
		records, err := parseRecords([]byte(input))
		if err != nil {
			fmt.Println("rejected:", err)
			continue
		}
		fmt.Println("accepted", records)
	}
}
