// Calls a small function of C again and again.
package main

/*
#include "../c/lab.h"

extern uint64_t half(uint64_t n);

static uint64_t call_half_back(uint64_t n)
{
	return lab_call_back(half, n);
}
*/
import "C"

import (
	"fmt"
	"log"
	"os"
	"strconv"
	"unsafe"
)

func sum(bytes []byte) uint64 {
	return uint64(C.lab_sum((*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(bytes))), C.size_t(len(bytes))))
}

//export half
func half(n C.uint64_t) C.uint64_t {
	return n / 2
}

//go:noinline
func ownAdd(a, b uint64) uint64 {
	return a + b
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("expected a case and a number of calls")
	}
	name := os.Args[1]
	count, err := strconv.ParseUint(os.Args[2], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	bytes := make([]byte, 64)
	for i := range bytes {
		bytes[i] = byte(i)
	}
	var total uint64
	switch name {
	case "add":
		for n := range count {
			total = uint64(C.lab_add(C.uint64_t(total), C.uint64_t(n)))
		}
	case "own-add":
		for n := range count {
			total = ownAdd(total, n)
		}
	case "bytes":
		for n := range count {
			total += sum(bytes[n%32:])
		}
	case "call-back":
		for n := range count {
			total += uint64(C.call_half_back(C.uint64_t(n)))
		}
	default:
		log.Fatal("no such case")
	}
	fmt.Println(name, total)
	fmt.Fprintln(os.Stderr, "figure operations", count)
}
