//! A TLS client that trusts exactly one root, and what it says of a server it cannot trust.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::version::TLS13;
use tokio_rustls::rustls::{
    self, CertificateError, ClientConfig, ProtocolVersion, RootCertStore, ServerConfig,
};
use tokio_rustls::{TlsAcceptor, TlsConnector};

// region: client
async fn greeting(address: SocketAddr, roots: RootCertStore) -> io::Result<String> {
    let config = ClientConfig::builder_with_protocol_versions(&[&TLS13])
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    let tcp = TcpStream::connect(address).await?;
    let name = ServerName::try_from("localhost").map_err(io::Error::other)?;
    let mut stream = connector.connect(name, tcp).await?;

    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    let version = match stream.get_ref().1.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        _ => "another version",
    };
    Ok(format!("{version}, {text}"))
}

fn is_unknown_authority(error: &io::Error) -> bool {
    let cause = error.get_ref().and_then(|inner| inner.downcast_ref());
    matches!(
        cause,
        Some(rustls::Error::InvalidCertificate(
            CertificateError::UnknownIssuer
        ))
    )
}
// endregion

// region: server
fn self_signed() -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), rcgen::Error> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()])?;
    Ok((cert.into(), signing_key.into()))
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor) -> io::Result<()> {
    loop {
        let (tcp, _) = listener.accept().await?;
        let acceptor = acceptor.clone();
        // What fails in here is of no interest: a client that refuses the certificate is gone.
        tokio::spawn(async move {
            let mut stream = acceptor.accept(tcp).await?;
            stream.write_all(b"hello").await?;
            stream.shutdown().await
        });
    }
}
// endregion

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (certificate, key) = self_signed()?;
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone())?;
    let config = ServerConfig::builder_with_protocol_versions(&[&TLS13])
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(config))));

    println!("with its root: {}", greeting(address, roots).await?);
    match greeting(address, RootCertStore::empty()).await {
        Err(error) if is_unknown_authority(&error) => println!("without it: unknown authority"),
        other => println!("without it: {other:?}"),
    }
    Ok(())
}
