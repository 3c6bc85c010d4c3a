//! A trace through two services: spans, attributes, an event, and the context in an HTTP header.

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Path, Request};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::post;
use opentelemetry::global;
use opentelemetry::trace::{Status, TracerProvider};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tower::ServiceExt;
use tracing::{Instrument, Span, info, info_span, instrument, warn};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

// region: caller
#[instrument(skip(stock))]
async fn checkout(stock: Router, item: &str) {
    info!(items = 1, "order accepted");
    if reserve(stock, item).await != StatusCode::OK {
        Span::current().set_status(Status::error("not reserved"));
    }
}

#[instrument(name = "POST", skip_all, fields(otel.kind = "client", http.response.status_code))]
async fn reserve(stock: Router, item: &str) -> StatusCode {
    let span = Span::current();
    let mut request = Request::post(format!("/reservations/{item}"))
        .body(Body::empty())
        .expect("an item is part of a path");
    global::get_text_map_propagator(|propagator| {
        let mut headers = HeaderInjector(request.headers_mut());
        propagator.inject_context(&span.context(), &mut headers);
    });
    let Ok(response) = stock.oneshot(request).await;
    let status = response.status();
    span.record("http.response.status_code", status.as_u16());
    if status.is_client_error() || status.is_server_error() {
        span.set_status(Status::error(status.to_string()));
    }
    status
}
// endregion

// region: callee
fn stock() -> Router {
    Router::new()
        .route("/reservations/{item}", post(answer))
        .route_layer(middleware::from_fn(continue_trace))
}

async fn answer(Path(item): Path<String>) -> StatusCode {
    warn!(item, left = 0, "out of stock");
    StatusCode::CONFLICT
}

async fn continue_trace(route: MatchedPath, request: Request, next: Next) -> Response {
    let headers = HeaderExtractor(request.headers());
    let caller = global::get_text_map_propagator(|propagator| propagator.extract(&headers));
    let span = info_span!(
        "request",
        otel.name = format!("{} {}", request.method(), route.as_str()),
        otel.kind = "server",
        url.path = request.uri().path(),
    );
    // It fails where spans of this level are filtered out, and then there is none to join.
    let _ = span.set_parent(caller);
    next.run(request).instrument(span).await
}
// endregion

// region: setup
fn start_tracing() -> InMemorySpanExporter {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(exporter.clone())
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("shop"))
        .with_location(false)
        .with_target(false)
        .with_threads(false)
        .with_tracked_inactivity(false);
    tracing_subscriber::registry().with(layer).init();
    exporter
}
// endregion

fn print(span: &SpanData, spans: &[SpanData]) {
    let parent = spans
        .iter()
        .find(|other| other.span_context.span_id() == span.parent_span_id);
    let remote = if span.parent_span_is_remote {
        ", remote"
    } else {
        ""
    };
    let kind = format!("{:?}", span.span_kind).to_lowercase();
    println!("{} ({kind})", span.name);
    println!("  parent: {}{remote}", parent.map_or("none", |p| &p.name));
    for attribute in &span.attributes {
        println!("  {} = {}", attribute.key, attribute.value);
    }
    for event in &span.events.events {
        println!("  event: {}", event.name);
        for attribute in &event.attributes {
            // `tracing` adds these two to every event.
            if !matches!(attribute.key.as_str(), "level" | "target") {
                println!("    {} = {}", attribute.key, attribute.value);
            }
        }
    }
    match &span.status {
        Status::Error { description } => println!("  status: Error: {description}"),
        other => println!("  status: {other:?}"),
    }
}

#[tokio::main]
async fn main() {
    let exporter = start_tracing();
    checkout(stock(), "lamp").await;

    let spans = exporter.get_finished_spans().expect("no exporter panicked");
    for span in spans.iter().rev() {
        print(span, &spans);
    }
}
