package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// region: test
func send(h http.Handler, method, path, body string) (int, string) {
	response := httptest.NewRecorder()
	h.ServeHTTP(response, httptest.NewRequest(method, path, strings.NewReader(body)))
	return response.Code, strings.TrimSpace(response.Body.String())
}

func TestCreatesAndReadsATask(t *testing.T) {
	const water = `{"title":"Water the plants"}`
	h := newHandler()
	for _, step := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", "/tasks", water, http.StatusCreated, water},
		{"GET", "/tasks/0", "", http.StatusOK, water},
		{"GET", "/tasks/1", "", http.StatusNotFound, "404 page not found"},
	} {
		status, got := send(h, step.method, step.path, step.body)
		if status != step.status || got != step.want {
			t.Errorf("%s %s = %d %s, want %d %s",
				step.method, step.path, status, got, step.status, step.want)
		}
	}
}

func TestRefusesATaskWithoutTitle(t *testing.T) {
	for _, body := range []string{`{}`, `{"title":""}`} {
		status, _ := send(newHandler(), "POST", "/tasks", body)
		if status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status = %d, want 422", body, status)
		}
	}
}

func TestRefusesABodyOverTheLimit(t *testing.T) {
	body := `{"title":"` + strings.Repeat("x", bodyLimit) + `"}`
	status, _ := send(newHandler(), "POST", "/tasks", body)
	if status != http.StatusRequestEntityTooLarge {
		t.Errorf("status = %d, want 413", status)
	}
}

func TestRefusesWhatFollowsTheTask(t *testing.T) {
	status, _ := send(newHandler(), "POST", "/tasks", `{"title":"Water the plants"}?`)
	if status != http.StatusBadRequest {
		t.Errorf("status = %d, want 400", status)
	}
}

// endregion
