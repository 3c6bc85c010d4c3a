//go:build ignore

// A type lacks a method of the interface: the compiler refuses the program.
package main

type sink interface {
	write(line string)
	flush()
}

type memory struct{ lines []string }

func (m *memory) write(line string) { m.lines = append(m.lines, line) }

func log(s sink) {
	s.write("started")
	s.flush()
}

func main() {
	log(&memory{})
}
