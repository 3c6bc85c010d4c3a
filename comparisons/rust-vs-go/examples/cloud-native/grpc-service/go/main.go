// A gRPC service with a call and a stream, and a client whose work has a deadline.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	pb "comparisons.example/rust-vs-go/cloud-native/grpc-service/go/stockpb"
)

//go:generate go run ./generate

const patience = 2 * time.Second

// region: server
type shelf struct {
	pb.UnimplementedStockServer
	mu      sync.Mutex
	left    uint32
	changed chan struct{} // closed, and made anew, when left changes
}

func (s *shelf) Take(_ context.Context, request *pb.TakeRequest) (*pb.TakeResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if request.GetCount() > s.left {
		return nil, status.Errorf(codes.FailedPrecondition, "only %d left", s.left)
	}
	s.left -= request.GetCount()
	close(s.changed)
	s.changed = make(chan struct{})
	return &pb.TakeResponse{Left: s.left}, nil
}

func (s *shelf) Watch(_ *pb.WatchRequest, stream grpc.ServerStreamingServer[pb.WatchResponse]) error {
	ctx := stream.Context()
	for {
		left, changed := s.look()
		if err := stream.Send(&pb.WatchResponse{Left: left}); err != nil {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return status.FromContextError(ctx.Err()).Err()
		}
	}
}

func (s *shelf) look() (uint32, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left, s.changed
}

// endregion

// region: client
func sell(ctx context.Context, stock pb.StockClient) error {
	levels, err := stock.Watch(ctx, &pb.WatchRequest{})
	if err != nil {
		return err
	}
	for count := uint32(1); ; count++ {
		level, err := levels.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		fmt.Println("in stock:", level.GetLeft())
		taken, err := stock.Take(ctx, &pb.TakeRequest{Count: count})
		switch status.Code(err) {
		case codes.OK:
			fmt.Printf("took %d, left %d\n", count, taken.GetLeft())
		case codes.FailedPrecondition:
			fmt.Println("took none:", status.Convert(err).Message())
		default:
			return err
		}
	}
}

func sellForAWhile(ctx context.Context, stock pb.StockClient) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return sell(ctx, stock)
}

// endregion

func run(ctx context.Context) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	defer server.Stop()
	pb.RegisterStockServer(server, &shelf{left: 5, changed: make(chan struct{})})
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	conn, err := grpc.NewClient(listener.Addr().String(),
		grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()
	err = sellForAWhile(ctx, pb.NewStockClient(conn))
	if status.Code(err) != codes.DeadlineExceeded {
		return err
	}
	fmt.Println("deadline exceeded")

	server.GracefulStop()
	if err := <-served; err != nil {
		return err
	}
	fmt.Println("stopped")
	return nil
}

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
