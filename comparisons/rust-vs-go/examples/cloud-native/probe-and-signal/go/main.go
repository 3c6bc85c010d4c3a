// Liveness and readiness probes, and a graceful stop by SIGTERM.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// region: probes
func newHandler(ready *atomic.Bool) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK)
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if ready.Load() {
			w.WriteHeader(http.StatusOK)
		} else {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	return mux
}

// endregion

// region: stop

// A balancer goes on sending requests until a probe has failed: some seconds in a cluster.
const untilNoticed = 500 * time.Millisecond

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	var ready atomic.Bool
	server := &http.Server{
		Handler:           newHandler(&ready),
		ReadHeaderTimeout: 5 * time.Second,
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	url := "http://" + listener.Addr().String()

	report("starting", url)
	ready.Store(true)
	report("ready", url)

	if err := syscall.Kill(syscall.Getpid(), syscall.SIGTERM); err != nil {
		return err
	}
	<-ctx.Done()
	stop()
	ready.Store(false)
	report("draining", url)
	time.Sleep(untilNoticed)

	shutdownCtx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(shutdownCtx); err != nil {
		return err
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	fmt.Println("stopped")
	return nil
}

// endregion

func report(state, url string) {
	fmt.Printf("%s: livez %s, readyz %s\n",
		state, probe(url+"/livez"), probe(url+"/readyz"))
}

var prober = &http.Client{Timeout: time.Second}

func probe(url string) string {
	response, err := prober.Get(url)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	return fmt.Sprint(response.StatusCode)
}

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}
