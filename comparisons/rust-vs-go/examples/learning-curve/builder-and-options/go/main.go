// Optional settings with defaults and a check: functional options.
package main

import (
	"errors"
	"fmt"
	"time"
)

var errTimeout = errors.New("timeout must be positive")

type client struct {
	url     string
	timeout time.Duration
	retries uint
}

// region: settings
type option func(*client)

func withTimeout(timeout time.Duration) option {
	return func(c *client) { c.timeout = timeout }
}

func withRetries(retries uint) option {
	return func(c *client) { c.retries = retries }
}

func newClient(url string, options ...option) (*client, error) {
	c := &client{url: url, timeout: 5 * time.Second, retries: 3}
	for _, apply := range options {
		apply(c)
	}
	if c.timeout <= 0 {
		return nil, errTimeout
	}
	return c, nil
}

// endregion

// region: use
func main() {
	for _, options := range [][]option{
		nil,
		{withTimeout(500 * time.Millisecond), withRetries(0)},
		{withTimeout(0)},
	} {
		c, err := newClient("http://db:5432", options...)
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		fmt.Printf("%s timeout %v, %d retries\n", c.url, c.timeout, c.retries)
	}
}

// endregion
