// Configuration from the environment, with defaults, and with all its errors at once.
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

// region: config
type config struct {
	host    string
	port    uint16
	workers int
}

type lookupFunc func(name string) (string, bool)

func load(lookup lookupFunc) (config, error) {
	host, errHost := get(lookup, "APP_HOST", "127.0.0.1", parseText)
	port, errPort := get(lookup, "APP_PORT", 8080, parsePort)
	workers, errWorkers := get(lookup, "APP_WORKERS", 4, parsePositive)
	if err := errors.Join(errHost, errPort, errWorkers); err != nil {
		return config{}, err
	}
	return config{host: host, port: port, workers: workers}, nil
}

// endregion

// region: lookup
func get[T any](
	lookup lookupFunc, name string, fallback T, parse func(string) (T, error),
) (T, error) {
	text, ok := lookup(name)
	if !ok {
		return fallback, nil
	}
	value, err := parse(text)
	if err != nil {
		return fallback, fmt.Errorf("%s: invalid value %q", name, text)
	}
	return value, nil
}

func parseText(text string) (string, error) { return text, nil }

func parsePort(text string) (uint16, error) {
	port, err := strconv.ParseUint(text, 10, 16)
	return uint16(port), err
}

func parsePositive(text string) (int, error) {
	number, err := strconv.Atoi(text)
	if err == nil && number < 1 {
		err = strconv.ErrRange
	}
	return number, err
}

// endregion

func show(c config, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s:%d, %d workers\n", c.host, c.port, c.workers)
}

func main() {
	show(load(os.LookupEnv))
	show(load(func(name string) (string, bool) {
		text, ok := map[string]string{"APP_PORT": "80800", "APP_WORKERS": "0"}[name]
		return text, ok
	}))
}
