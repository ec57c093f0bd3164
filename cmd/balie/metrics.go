package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"time"

	"balie/policy"
)

// serveMetrics answers /healthz and /metrics, to this machine only: how many
// are working, and when, is nobody else's business.
func (n *node) serveMetrics(ctx context.Context) error {
	if n.metrics == "" {
		return nil
	}
	l, err := listenLocal(n.metrics)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: n.metricsHandler(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute}
	defer context.AfterFunc(ctx, func() { srv.Close() })()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func listenLocal(address string) (net.Listener, error) {
	a, err := net.ResolveTCPAddr("tcp", address)
	if err != nil || !a.IP.IsLoopback() {
		return nil, policy.Errorf(policy.Invalid, "BALIE_METRICS must be an address of this machine alone, such as 127.0.0.1:9100.").Because(err)
	}
	return net.ListenTCP("tcp", a)
}

func (n *node) metricsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if !n.ops.Hub.Admitting() {
			http.Error(w, "admits nobody: the database does not answer", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4")
		n.writeMetrics(w)
	})
	return mux
}

func (n *node) writeMetrics(w http.ResponseWriter) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	admitting := 0
	if n.ops.Hub.Admitting() {
		admitting = 1
	}
	for _, g := range []struct {
		name, help string
		value      any
	}{
		{"balie_sessions", "Sessions of this node.", len(n.ops.Hub.List())},
		{"balie_admitting", "1 when people are let in.", admitting},
		{"balie_search_progress", "How much of search is made, 1 when it is whole.", n.ops.SearchProgress()},
		{"balie_goroutines", "Goroutines.", runtime.NumGoroutine()},
		{"balie_heap_bytes", "Memory in use.", m.HeapAlloc},
	} {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %[1]s gauge\n%[1]s %[3]v\n", g.name, g.help, g.value)
	}
}
