// All errors of a batch are collected, and none stops the look at the next line.
package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type setting struct {
	name  string
	value uint32
}

var errNoValue = errors.New("no value")

func parseSetting(text string) (setting, error) {
	name, value, found := strings.Cut(text, "=")
	if !found {
		return setting{}, errNoValue
	}
	number, err := strconv.ParseUint(value, 10, 32)
	if err != nil {
		return setting{}, fmt.Errorf("%q is not a number", value)
	}
	return setting{name: name, value: uint32(number)}, nil
}

// region: collect
func parseSettings(lines []string) ([]setting, error) {
	var (
		settings []setting
		errs     []error
	)
	for i, text := range lines {
		s, err := parseSetting(text)
		if err != nil {
			errs = append(errs, fmt.Errorf("line %d: %w", i+1, err))
			continue
		}
		settings = append(settings, s)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return settings, nil
}

// endregion

// region: report
func report(lines ...string) {
	settings, err := parseSettings(lines)
	if err != nil {
		fmt.Println(err)
		fmt.Println("a value is missing:", errors.Is(err, errNoValue))
		return
	}
	fmt.Println(len(settings), "settings read")
}

// endregion

func main() {
	report("retries=3", "timeout=30")
	report("retries=3", "timeout=soon", "limit")
}
