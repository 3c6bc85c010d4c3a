// Package netstring reads and writes bytes with their length before them, such as "3:abc,".
package netstring

import (
	"bytes"
	"fmt"
	"strconv"
)

// region: parser

// Encode returns the netstring of a payload.
func Encode(payload []byte) []byte {
	return fmt.Appendf(nil, "%d:%s,", len(payload), payload)
}

// Decode returns the payload of the first netstring, and what follows it.
func Decode(input []byte) (payload, rest []byte, ok bool) {
	digits, rest, found := bytes.Cut(input, []byte(":"))
	if !found {
		return nil, nil, false
	}
	length, err := strconv.Atoi(string(digits))
	// Atoi also reads "+3" and "003".
	if err != nil || length < 0 || strconv.Itoa(length) != string(digits) {
		return nil, nil, false
	}
	if length >= len(rest) || rest[length] != ',' {
		return nil, nil, false
	}
	return rest[:length], rest[length+1:], true
}

// endregion
