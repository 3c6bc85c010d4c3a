// Structured logging: fields of an event, and of the request around it.
package main

import (
	"context"
	"log/slog"
	"os"
)

// region: setup
type spanKey struct{}

type spanHandler struct{ slog.Handler }

func (h spanHandler) Handle(ctx context.Context, record slog.Record) error {
	if span, ok := ctx.Value(spanKey{}).(slog.Attr); ok {
		record = record.Clone()
		record.AddAttrs(span)
	}
	return h.Handler.Handle(ctx, record)
}

func (h spanHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return spanHandler{h.Handler.WithAttrs(attrs)}
}

func (h spanHandler) WithGroup(name string) slog.Handler {
	return spanHandler{h.Handler.WithGroup(name)}
}

func startLogging() {
	options := &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, attr slog.Attr) slog.Attr {
			switch {
			case len(groups) > 0:
			case attr.Key == slog.TimeKey:
				return slog.Attr{}
			case attr.Key == slog.MessageKey:
				attr.Key = "message"
			}
			return attr
		},
	}
	json := slog.NewJSONHandler(os.Stdout, options)
	slog.SetDefault(slog.New(spanHandler{json}))
}

// endregion

// region: use
func placeOrder(ctx context.Context, request string, items ...string) {
	span := slog.Group("span", "request", request, "name", "order")
	ctx = context.WithValue(ctx, spanKey{}, span)
	slog.InfoContext(ctx, "placed", "items", len(items))
	for _, item := range items {
		reserve(ctx, item)
	}
}

func reserve(ctx context.Context, item string) {
	if item == "lamp" {
		slog.WarnContext(ctx, "out of stock", "item", item, "left", 0)
	}
}

// endregion

func main() {
	startLogging()
	slog.Info("started", "workers", 4)
	placeOrder(context.Background(), "r-17", "desk", "lamp")
}
