// A TLS client that trusts exactly one root, and what it says of a server it cannot trust.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"time"
)

// region: client
func greeting(address string, roots *x509.CertPool) (string, error) {
	conn, err := tls.Dial("tcp", address, &tls.Config{
		RootCAs:    roots,
		ServerName: "localhost",
		MinVersion: tls.VersionTLS13,
	})
	if err != nil {
		return "", err
	}
	defer conn.Close()

	text, err := io.ReadAll(conn)
	if err != nil {
		return "", err
	}
	version := tls.VersionName(conn.ConnectionState().Version)
	return fmt.Sprintf("%s, %s", version, text), nil
}

func isUnknownAuthority(err error) bool {
	_, ok := errors.AsType[x509.UnknownAuthorityError](err)
	return ok
}

// endregion

// region: server
func selfSigned() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		DNSNames:  []string{"localhost"},
		NotBefore: time.Now(),
		NotAfter:  time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, nil
}

func serve(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			io.WriteString(conn, "hello") // A client that refuses the certificate is gone by now.
		}()
	}
}

// endregion

func run() error {
	certificate, err := selfSigned()
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AddCert(certificate.Leaf)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{certificate},
		MinVersion:   tls.VersionTLS13,
	})
	if err != nil {
		return err
	}
	defer listener.Close()
	go serve(listener)
	address := listener.Addr().String()

	text, err := greeting(address, roots)
	if err != nil {
		return err
	}
	fmt.Println("with its root:", text)
	text, err = greeting(address, x509.NewCertPool())
	if isUnknownAuthority(err) {
		fmt.Println("without it: unknown authority")
	} else {
		fmt.Println("without it:", text, err)
	}
	return nil
}

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}
