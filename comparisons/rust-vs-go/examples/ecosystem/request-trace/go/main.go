// A trace through two services: spans, attributes, an event, and the context in an HTTP header.
package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// region: caller
var tracer = otel.Tracer("shop")

func checkout(ctx context.Context, stock http.Handler, item string) {
	ctx, span := tracer.Start(ctx, "checkout",
		trace.WithAttributes(attribute.String("item", item)))
	defer span.End()
	span.AddEvent("order accepted", trace.WithAttributes(attribute.Int("items", 1)))
	if status := reserve(ctx, stock, item); status != http.StatusOK {
		span.SetStatus(codes.Error, "not reserved")
	}
}

func reserve(ctx context.Context, stock http.Handler, item string) int {
	ctx, span := tracer.Start(ctx, "POST", trace.WithSpanKind(trace.SpanKindClient))
	defer span.End()
	request := httptest.NewRequest("POST", "/reservations/"+item, nil)
	otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(request.Header))
	recorder := httptest.NewRecorder()
	stock.ServeHTTP(recorder, request)
	response := recorder.Result()
	span.SetAttributes(attribute.Int("http.response.status_code", response.StatusCode))
	if response.StatusCode >= 400 {
		span.SetStatus(codes.Error, response.Status)
	}
	return response.StatusCode
}

// endregion

// region: callee
func stock() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /reservations/{item}", continueTrace(answer))
	return mux
}

func answer(w http.ResponseWriter, r *http.Request) {
	trace.SpanFromContext(r.Context()).AddEvent("out of stock", trace.WithAttributes(
		attribute.String("item", r.PathValue("item")),
		attribute.Int("left", 0),
	))
	w.WriteHeader(http.StatusConflict)
}

func continueTrace(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers := propagation.HeaderCarrier(r.Header)
		ctx := otel.GetTextMapPropagator().Extract(r.Context(), headers)
		ctx, span := tracer.Start(ctx, r.Pattern,
			trace.WithSpanKind(trace.SpanKindServer),
			trace.WithAttributes(attribute.String("url.path", r.URL.Path)))
		defer span.End()
		next(w, r.WithContext(ctx))
	})
}

// endregion

// region: setup
func startTracing() *tracetest.InMemoryExporter {
	exporter := tracetest.NewInMemoryExporter()
	otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSyncer(exporter)))
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return exporter
}

// endregion

func printSpan(span tracetest.SpanStub, spans tracetest.SpanStubs) {
	parent := "none"
	for _, other := range spans {
		if other.SpanContext.SpanID() == span.Parent.SpanID() {
			parent = other.Name
		}
	}
	if span.Parent.IsRemote() {
		parent += ", remote"
	}
	status := span.Status.Code.String()
	if span.Status.Description != "" {
		status += ": " + span.Status.Description
	}
	fmt.Printf("%s (%s)\n", span.Name, span.SpanKind)
	fmt.Printf("  parent: %s\n", parent)
	for _, attr := range span.Attributes {
		fmt.Printf("  %s = %s\n", attr.Key, attr.Value)
	}
	for _, event := range span.Events {
		fmt.Printf("  event: %s\n", event.Name)
		for _, attr := range event.Attributes {
			fmt.Printf("    %s = %s\n", attr.Key, attr.Value)
		}
	}
	fmt.Printf("  status: %s\n", status)
}

func main() {
	exporter := startTracing()
	checkout(context.Background(), stock(), "lamp")

	spans := exporter.GetSpans()
	for _, span := range slices.Backward(spans) {
		printSpan(span, spans)
	}
}
