// A service that is shipped as one static binary.
package main

import (
	"io"
	"log"
	"net"
)

func main() {
	listener, err := net.Listen("tcp", ":8080")
	if err != nil {
		log.Fatal(err)
	}
	for {
		conn, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		if _, err := io.WriteString(conn, "hello\n"); err != nil {
			log.Print(err)
		}
		conn.Close()
	}
}
