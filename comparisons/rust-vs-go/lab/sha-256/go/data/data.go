// Package data is what the programs share: the argument, and the bytes.
package data

import (
	"fmt"
	"log"
	"os"
	"strconv"
)

// Argument returns the only argument: how often the bytes are hashed.
func Argument() int {
	if len(os.Args) != 2 {
		log.Fatal("expected an argument")
	}
	n, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	return n
}

// Bytes returns 64 KiB.
func Bytes() []byte {
	bytes := make([]byte, 65_536)
	for i := range bytes {
		bytes[i] = byte(i * 31 % 251)
	}
	return bytes
}

// Finish prints the hash.
func Finish(hash []byte) {
	fmt.Printf("%x\n", hash)
}
