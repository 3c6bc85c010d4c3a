// Looks for a regular expression in a log, or compiles it, again and again.
package main

import (
	"fmt"
	"log"
	"os"
	"regexp"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("expected a case, a pattern and a count")
	}
	name, pattern := os.Args[1], os.Args[2]
	count, err := strconv.Atoi(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	var sum int
	switch name {
	case "compile":
		sum = compile(pattern, count)
	case "find":
		sum = repeat(find, regexp.MustCompile(pattern), count)
	case "capture":
		sum = repeat(capture, regexp.MustCompile(pattern), count)
	default:
		log.Fatal("no such case")
	}
	fmt.Println(name, sum)
	fmt.Fprintln(os.Stderr, "figure operations", count)
}

// compile returns how long all expressions are that were compiled.
func compile(pattern string, count int) (length int) {
	for range count {
		length += len(regexp.MustCompile(pattern).String())
	}
	return length
}

func repeat(search func(*regexp.Regexp, string) int, expression *regexp.Regexp, count int) (sum int) {
	text := makeLog()
	for range count {
		sum += search(expression, text)
	}
	return sum
}

// find returns the sum of where all matches begin and end.
func find(expression *regexp.Regexp, text string) (sum int) {
	for _, found := range expression.FindAllStringIndex(text, -1) {
		sum += found[0] + found[1]
	}
	return sum
}

// capture returns the sum of the lengths of all groups.
func capture(expression *regexp.Regexp, text string) (sum int) {
	for line := range strings.Lines(text) {
		for _, group := range expression.FindStringSubmatch(line) {
			sum += len(group)
		}
	}
	return sum
}

func makeLog() string {
	var text strings.Builder
	levels := []string{"ERROR", "WARN", "DEBUG", "INFO"}
	for i := range 10_000 {
		level, user := levels[min(i%40, 3)], i*7919%1000
		fmt.Fprintf(&text, "2026-03-%02dT%02d:%02d:%02dZ %s request %d from 10.0.%d.%d by user%d@mail%d.example.org took %d ms\n",
			1+i%28, i%24, i%60, i*13%60, level, i, i%256, i*31%256, user, i%5, i*37%900)
	}
	return text.String()
}
