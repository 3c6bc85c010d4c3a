// Errors wrapped with context, and matched by kind.
package main

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// region: errors
var errNotFound = errors.New("not found")

type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string { return fmt.Sprintf("timed out after %v", e.after) }

func loadUser(id int) (string, error) {
	name, err := fetch(id)
	if err != nil {
		return "", fmt.Errorf("load user %d: %w", id, err)
	}
	return name, nil
}

// endregion

func fetch(id int) (string, error) {
	switch id {
	case 1:
		return "Ada", nil
	case 2:
		return "", &timeoutError{after: 2 * time.Second}
	default:
		return "", errNotFound
	}
}

// region: match
func status(err error) int {
	if errors.Is(err, errNotFound) {
		return http.StatusNotFound
	}
	if _, ok := errors.AsType[*timeoutError](err); ok {
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// endregion

func main() {
	for id := 1; id <= 3; id++ {
		name, err := loadUser(id)
		if err != nil {
			fmt.Println(status(err), err)
			continue
		}
		fmt.Println(http.StatusOK, name)
	}
}
